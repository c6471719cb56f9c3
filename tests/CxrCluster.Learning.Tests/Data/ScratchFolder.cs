namespace CxrCluster.Learning.Tests.Data;

/// <summary>A folder of its own that goes away with the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cxr-training-").FullName;

    /// <summary>Makes a subfolder.</summary>
    public string Folder(string name) => Directory.CreateDirectory(At(name)).FullName;

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
