namespace CxrCluster.Dicom.Deidentification;

/// <summary>What happens to an attribute; the letters of PS3.15 table E.1-1. What the table does not name is removed (X).</summary>
internal enum DeidentificationAction
{
    /// <summary>K: kept, byte by byte.</summary>
    Keep,

    /// <summary>Z: present and empty.</summary>
    Empty,

    /// <summary>D: replaced by the patient's pseudonym.</summary>
    Pseudonym,

    /// <summary>U: replaced by a UID that is the same wherever this one is.</summary>
    Uid,

    /// <summary>K for a sequence: its items are treated by the same table.</summary>
    Items,
}
