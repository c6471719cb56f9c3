namespace CxrCluster.Imaging.Tests.Support;

/// <summary>The real radiographs, which are not part of the repository.</summary>
internal static class RealData
{
    private const string Variable = "CXR_REAL_DATA";

    /// <summary>The cxr-real folder; skips the running test, loudly, where it is absent.</summary>
    public static string Folder
    {
        get
        {
            Assert.SkipWhen(Found is null, $"real data absent: set {Variable} to the cxr-real folder");
            return Found!;
        }
    }

    public static IReadOnlyList<string> Images => Files("images");

    public static IReadOnlyList<string> LungImages => Files(Path.Combine("lungs", "images"));

    public static string MaskOf(string lungImage) =>
        Path.Combine(Folder, "lungs", "masks", Path.GetFileName(lungImage));

    private static string? Found { get; } = Find();

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.png").Order(StringComparer.Ordinal)];

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "cxr-real");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
