using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Scoring;

/// <summary>The rows of one manifest, found by the path of an image.</summary>
internal sealed class ManifestRows
{
    private readonly ILookup<string, CohortRow> _byFileName;

    /// <exception cref="InvalidManifestException">It is missing, unreadable or wrong; the message says where.</exception>
    public ManifestRows(string path, CliTerminal terminal)
    {
        Path = path;
        Rows = CohortManifest.Read(path, (_, sentence) => terminal.Warning(sentence));
        _byFileName = Rows.ToLookup(row => System.IO.Path.GetFileName(row.Image), StringComparer.Ordinal);
    }

    /// <summary>The manifest.</summary>
    public string Path { get; }

    /// <summary>All rows, in order.</summary>
    public IReadOnlyList<CohortRow> Rows { get; }

    /// <summary>The row whose image is the path's end; null when there is none.</summary>
    public CohortRow? Find(string imagePath)
    {
        string full = System.IO.Path.GetFullPath(imagePath);
        return _byFileName[System.IO.Path.GetFileName(full)]
            .FirstOrDefault(row => full.EndsWith($"/{row.Image}", StringComparison.Ordinal));
    }
}
