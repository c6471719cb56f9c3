namespace CxrCluster.Synthesis.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cxr-synthesis-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Relative name and SHA-256 of every file under a folder, sorted.</summary>
    public static IReadOnlyList<string> Fingerprint(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file =>
                    $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
