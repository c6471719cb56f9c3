namespace CxrCluster.Imaging.Cohorts;

/// <summary>Reads and writes <c>manifest.csv</c>: RFC 4180, UTF-8, a header line, one image per line.</summary>
public static class CohortManifest
{
    /// <summary>The manifest's usual file name.</summary>
    public const string FileName = "manifest.csv";

    /// <summary>Reads all rows, in file order.</summary>
    /// <exception cref="InvalidManifestException">The file is missing, malformed, or a row is wrong; names file and line.</exception>
    public static IReadOnlyList<CohortRow> Read(string csvPath) => throw new NotSupportedException();

    /// <summary>Writes all rows, replacing the file in one step.</summary>
    public static void Write(string csvPath, IReadOnlyList<CohortRow> rows) => throw new NotSupportedException();

    /// <summary>The rows whose image is not in <paramref name="imagesFolder"/>, in order.</summary>
    public static IReadOnlyList<CohortRow> FindMissing(IEnumerable<CohortRow> rows, string imagesFolder) =>
        [.. rows.Where(row => !File.Exists(Path.Combine(imagesFolder, row.Image)))];
}
