using CxrCluster.Cli.Terminal;
using CxrCluster.Cli.Training;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;
using TorchSharp;

namespace CxrCluster.Cli.Sweeping;

/// <summary>The cohort as `cxr sweep` prepares it: read, checked, preprocessed once.</summary>
/// <param name="Path">File of squares.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="Usable">Images that are trained and measured on.</param>
/// <param name="Excluded">Images that are not what the model is for.</param>
/// <param name="Failed">Files that could not be read, a sentence each.</param>
internal sealed record SweepCohort(string Path, string Hash, int Usable, int Excluded, IReadOnlyList<string> Failed)
{
    /// <summary>Reads the manifest and refuses what cannot be trained on.</summary>
    public static IReadOnlyList<CohortRow> ReadManifest(string manifest, CliTerminal terminal)
    {
        IReadOnlyList<CohortRow> rows = CohortManifest.Read(manifest, (_, sentence) => terminal.Warning(sentence));
        CohortCheck.ThrowIfUnusable(rows);
        foreach (string warning in CohortCheck.Warnings(rows))
            terminal.Warning(warning);
        return rows;
    }

    /// <summary>Makes the squares, or finds those that an earlier run made of the same files.</summary>
    public static Task<SweepCohort> PrepareAsync(
        CliContext context,
        IReadOnlyList<CohortRow> rows,
        string images,
        string segmenter,
        ClassifierTrainingOptions training,
        string folder,
        bool skipUnreadable,
        CancellationToken cancellationToken
    ) =>
        TrainingRun.RunAsync(
            context,
            progress =>
            {
                using CohortSquares squares = new SquaresCache(folder).GetOrBuild(
                    rows,
                    images,
                    training.Preprocessing,
                    segmenter,
                    torch.CPU,
                    skipUnreadable,
                    context.Terminal.Note,
                    progress,
                    cancellationToken
                );
                string path = Directory
                    .EnumerateFiles(folder, "*.squares")
                    .OrderByDescending(File.GetLastWriteTimeUtc)
                    .First();
                return new SweepCohort(
                    path,
                    squares.Hash,
                    squares.Samples.Count,
                    squares.Excluded.Count,
                    [.. squares.Failed.Select(f => f.Reason)]
                );
            },
            cancellationToken
        );
}
