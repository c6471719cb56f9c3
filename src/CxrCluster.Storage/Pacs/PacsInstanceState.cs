namespace CxrCluster.Storage.Pacs;

/// <summary>Where an instance of a PACS stands. Scored, Excluded and Parked are final until its content changes or a person
/// asks again.</summary>
public enum PacsInstanceState
{
    /// <summary>A query listed it; its bytes are not here yet.</summary>
    Seen,

    /// <summary>Its bytes are here; no result yet.</summary>
    Fetched,

    /// <summary>It has a probability.</summary>
    Scored,

    /// <summary>The method does not apply to it; the reason says why.</summary>
    Excluded,

    /// <summary>Fetching or scoring failed; it is tried again after a pause.</summary>
    Failed,

    /// <summary>It failed too often, or in a way that trying again does not mend: a person must look.</summary>
    Parked,
}
