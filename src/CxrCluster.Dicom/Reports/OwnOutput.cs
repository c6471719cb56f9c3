namespace CxrCluster.Dicom.Reports;

/// <summary>The marks by which the cluster knows what it has written itself, so that it never scores it.</summary>
public static class OwnOutput
{
    /// <summary>Manufacturer (0008,0070) of everything it writes, and nothing else has.</summary>
    public const string Manufacturer = "CxrCluster";

    /// <summary>Manufacturer's Model Name (0008,1090).</summary>
    public const string ModelName = "CxrCluster image scoring";

    /// <summary>Implementation Class UID (0002,0012).</summary>
    internal static readonly string ImplementationUid = ReportUid.Of("CxrCluster", "implementation");

    /// <summary>Whether a file with this manufacturer is the cluster's own.</summary>
    public static bool Is(string manufacturer) =>
        string.Equals(manufacturer.Trim(), Manufacturer, StringComparison.OrdinalIgnoreCase);
}
