using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Evaluating;

/// <summary>The images of a manifest in a folder, ready to be scored.</summary>
internal sealed class LabelledCohort
{
    private readonly string _images;
    private readonly List<ImageInput> _inputs;
    private readonly IReadOnlyList<CohortRow> _rows;

    /// <param name="manifest">Where the rows come from, for sentences.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="images">The image folder.</param>
    /// <exception cref="CommandException">The folder is not there, or there are no rows.</exception>
    public LabelledCohort(string manifest, IReadOnlyList<CohortRow> rows, string images)
    {
        if (!Directory.Exists(images))
            throw CommandException.NothingDone(
                $"{images}: no such folder. Give the folder of the images with --images."
            );
        if (rows.Count == 0)
            throw CommandException.NothingDone($"{manifest}: it has no rows. Give a manifest with at least one image.");
        _images = images;
        _rows = rows;
        _inputs = [.. rows.Select(row => ToInput(row, manifest, images))];
    }

    /// <summary>The file of an image of the manifest.</summary>
    public string PathOf(string image) => Path.Combine(_images, image);

    /// <summary>The name of a result's image, as in the manifest.</summary>
    public string NameOf(ScoredInput result) => Path.GetRelativePath(_images, result.Input.Path);

    /// <summary>The rows of another manifest that are of none of its patients.</summary>
    public IReadOnlyList<CohortRow> WithoutItsPatients(IReadOnlyList<CohortRow> rows)
    {
        HashSet<(string, string)> own = [.. _rows.Select(row => (row.Hospital, row.PatientId))];
        return [.. rows.Where(row => !own.Contains((row.Hospital, row.PatientId)))];
    }

    /// <summary>What the manifest says of the images that were scored.</summary>
    public IReadOnlyList<ImageFacts> FactsOf(CohortScores scores)
    {
        HashSet<string> scored = [.. scores.Predictions.Select(p => p.Image)];
        return [.. _rows.Where(row => scored.Contains(row.Image)).Select(ToFacts)];
    }

    /// <summary>Scores all rows with one model.</summary>
    public async Task<(CohortScores Scores, IReadOnlyList<ScoredInput> Results)> ScoreAsync(
        EmbeddedCluster cluster,
        ModelId model,
        double threshold,
        CancellationToken cancellationToken
    )
    {
        var results = new List<ScoredInput>(_inputs.Count);
        await foreach (ScoredInput result in cluster.ScoreAsync(model, _inputs, cancellationToken))
            results.Add(result);
        return (CohortScores.Of(model, threshold, results, NameOf), results);
    }

    private static ImageInput ToInput(CohortRow row, string manifest, string images)
    {
        string path = Path.Combine(images, row.Image);
        string? problem = File.Exists(path)
            ? null
            : $"{path}: no such file, though {manifest} lists it. Add the file or remove the row.";
        return new ImageInput(path, ImageOrigin.Of(row, manifest), problem);
    }

    private static ImageFacts ToFacts(CohortRow row) =>
        new(row.Image, row.Hospital, row.PatientId, row.Label)
        {
            View = row.View,
            Sex = row.Sex,
            Age = row.Age,
            Source = row.Source,
            Hard = row.Other.GetValueOrDefault("hard") is "1",
        };
}
