namespace CxrCluster.Imaging.Tests.Support;

/// <summary>Files under Fixtures/, each with the script beside it that made it.</summary>
internal static class Fixture
{
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));
}
