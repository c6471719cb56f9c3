namespace CxrCluster.Cli.Doctor;

/// <summary>The data folder, or where there is none yet a temporary one in its place, which goes away again.</summary>
internal sealed class TrialFolder : IDisposable
{
    private readonly string? _temporary;

    /// <param name="folder">The data folder.</param>
    public TrialFolder(string folder)
    {
        string full = Path.GetFullPath(folder);
        Existing = full;
        while (!Directory.Exists(Existing))
            Existing = Path.GetDirectoryName(Existing)!;
        Folder = full;
        if (Existing == full)
            return;
        Folder = _temporary = Path.Combine(Existing, $".cxr-doctor-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _temporary = null;
            Problem = CheckResult.Fail(
                "storage",
                $"{full} cannot be made ({exception.Message.TrimEnd('.')}). Choose another folder with --data."
            );
        }
    }

    /// <summary>Where to try.</summary>
    public string Folder { get; }

    /// <summary>The nearest folder that exists: its disk is the one that counts.</summary>
    public string Existing { get; }

    /// <summary>Why there is nowhere to try; null when there is.</summary>
    public CheckResult? Problem { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }
}
