using CxrCluster.Cli.Terminal;
using CxrCluster.Cli.Training;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Demo;

/// <summary>Where the demonstration's parts lie, and which of them are done.</summary>
internal sealed class DemoFolder(string root, CliTerminal terminal)
{
    /// <summary>The four hospitals.</summary>
    public string Cohort => Path.Combine(root, "cohort");

    /// <summary>Their manifest.</summary>
    public string Manifest => Path.Combine(Cohort, CohortManifest.FileName);

    /// <summary>Their images.</summary>
    public string Images => Path.Combine(Cohort, "images");

    /// <summary>The patients with lung masks.</summary>
    public string Lungs => Path.Combine(root, "lungs");

    /// <summary>The trained segmenter.</summary>
    public string Segmenter => Path.Combine(root, "segmenter.safetensors");

    /// <summary>The trained model.</summary>
    public string Bundle => Path.Combine(root, "bundle");

    /// <summary>Rows of the patients it has not seen.</summary>
    public string HeldOut => HeldOutManifest.PathFor(Bundle);

    /// <summary>Catalogue and blobs.</summary>
    public string Data => Path.Combine(root, "data");

    /// <summary>The report on the held-out patients.</summary>
    public string Report => Path.Combine(root, "report");

    /// <summary>Does a step, unless it was done in this folder with the same settings.</summary>
    /// <param name="name">A file name.</param>
    /// <param name="title">What it makes, for the note.</param>
    /// <param name="settings">Everything that its outcome depends on, as text.</param>
    /// <param name="work">The step.</param>
    public async Task DoAsync(string name, string title, string settings, Func<Task> work)
    {
        string done = Path.Combine(root, ".done", name);
        if (File.Exists(done) && await File.ReadAllTextAsync(done) == settings)
        {
            terminal.Note($"{title}: reused from {root}.");
            return;
        }
        File.Delete(done); // from here on the step is half done
        terminal.Note($"{title} ...");
        await work();
        await File.WriteAllTextAsync(done, settings);
    }

    /// <summary>Makes the folder.</summary>
    public void Create() => Directory.CreateDirectory(Path.Combine(root, ".done"));
}
