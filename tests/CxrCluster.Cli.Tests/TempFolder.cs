namespace CxrCluster.Cli.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-cli-");

    /// <summary>Where it is.</summary>
    public string Root => _folder.FullName;

    /// <summary>A path in it.</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
