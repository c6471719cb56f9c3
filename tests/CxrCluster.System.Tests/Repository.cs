namespace CxrCluster.System.Tests;

/// <summary>Where the checkout and the real radiographs are.</summary>
internal static class Repository
{
    /// <summary>The folder of CxrCluster.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder cxr-real with images/ and manifest.csv, or null.</summary>
    public static string? RealRadiographs { get; } =
        new[]
        {
            Environment.GetEnvironmentVariable("CXR_REAL_DATA"),
            Path.Combine(Root, "..", "shared", "cxr-real"),
        }.FirstOrDefault(p => p is not null && File.Exists(Path.Combine(p, "manifest.csv")));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CxrCluster.sln")))
                return folder.FullName;
        throw new InvalidOperationException("These tests run from within the checkout: CxrCluster.sln was not found.");
    }
}
