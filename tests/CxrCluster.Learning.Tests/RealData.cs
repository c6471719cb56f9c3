namespace CxrCluster.Learning.Tests;

/// <summary>The real radiographs, which are not part of the repository.</summary>
internal static class RealData
{
    private const string Variable = "CXR_REAL_DATA";

    /// <summary>The cxr-real folder; skips the running test, loudly, where it is absent.</summary>
    public static string Folder
    {
        get
        {
            string? found = Find();
            Assert.SkipWhen(found is null, $"real data absent: set {Variable} to the cxr-real folder");
            return found!;
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "cxr-real");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
