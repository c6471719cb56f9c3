using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Scoring;

/// <summary>
/// Gives images their origin: from the manifest named, or from one that lies in an image's folder or beside it and knows
/// files of that folder.
/// </summary>
internal sealed class ManifestLookup(CliTerminal terminal, ManifestRows? named)
{
    private readonly Dictionary<string, ManifestRows?> _byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManifestRows?> _byManifest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rowsUsed = new(StringComparer.Ordinal);
    private int _unknown;

    /// <summary>Puts origins to the inputs, and says on stderr which manifests were used.</summary>
    /// <exception cref="InvalidManifestException">The manifest has a hospital that is no hospital id.</exception>
    public IReadOnlyList<ImageInput> Describe(IReadOnlyList<(string Path, string? Problem)> inputs)
    {
        List<ImageInput> described = [.. inputs.Select(i => new ImageInput(i.Path, OriginOf(i.Path), i.Problem))];
        foreach ((string manifest, int rows) in _rowsUsed)
            terminal.Note($"Hospital, patient and view of {rows} images come from {manifest}.");
        if (_unknown > 0 && (_rowsUsed.Count > 0 || named is not null))
            terminal.Note($"{_unknown} inputs are in no manifest: their hospital is '{ImageOrigin.Unknown.Hospital}'.");
        return described;
    }

    private ImageOrigin OriginOf(string path)
    {
        ManifestRows? manifest = named ?? ForFolderOf(Path.GetFullPath(path));
        if (manifest?.Find(path) is not { } row)
        {
            _unknown++;
            return ImageOrigin.Unknown;
        }
        _rowsUsed[manifest.Path] = _rowsUsed.GetValueOrDefault(manifest.Path) + 1;
        return ImageOrigin.Of(row, manifest.Path);
    }

    private ManifestRows? ForFolderOf(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null)
            return null;
        if (!_byFolder.TryGetValue(folder, out ManifestRows? manifest))
            _byFolder[folder] = manifest = Find(folder);
        return manifest;
    }

    private ManifestRows? Find(string folder) =>
        new[] { folder, Path.GetDirectoryName(folder) }
            .OfType<string>()
            .Select(place => Path.Combine(place, CohortManifest.FileName))
            .Where(File.Exists)
            .Select(Read)
            .FirstOrDefault(manifest => manifest is not null);

    /// <summary>A file of that name that nobody asked for may be anything: it is left alone with a warning.</summary>
    private ManifestRows? Read(string path)
    {
        if (_byManifest.TryGetValue(path, out ManifestRows? known))
            return known;
        try
        {
            return _byManifest[path] = new ManifestRows(path, terminal);
        }
        catch (InvalidManifestException exception)
        {
            terminal.Warning($"{exception.Message} It is not used: the hospital is '{ImageOrigin.Unknown.Hospital}'.");
            return _byManifest[path] = null;
        }
    }
}
