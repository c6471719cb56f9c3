namespace CxrCluster.Dicom.Tests.Support;

/// <summary>The DICOM files that are not part of the repository: dicom-real and dicom-hostile beside the cxr-real folder.</summary>
internal static class SharedFiles
{
    private const string Variable = "CXR_REAL_DATA";

    /// <summary>Real files of many vendors; skips the running test, loudly, where they are absent.</summary>
    public static IReadOnlyList<string> Real => Files("dicom-real");

    /// <summary>Files that crash GDCM; skips the running test, loudly, where they are absent.</summary>
    public static IReadOnlyList<string> Hostile => Files("dicom-hostile");

    /// <summary>The bytes of one real file.</summary>
    public static byte[] ReadReal(string name) =>
        File.ReadAllBytes(Real.Single(path => Path.GetFileName(path) == name));

    private static List<string> Files(string folder)
    {
        var found = Find(folder);
        Assert.SkipWhen(
            found is null,
            $"real data absent: set {Variable} to the cxr-real folder, beside which {folder} lies"
        );
        return [.. Directory.EnumerateFiles(found!, "*.dcm").Order(StringComparer.Ordinal)];
    }

    private static string? Find(string folder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var beside = Path.Combine(Path.GetFullPath(named), "..", folder);
            return Directory.Exists(beside) ? beside : null;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
