using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Cli.Evaluating;

/// <summary>Options of `cxr evaluate` about what the report contains.</summary>
internal sealed class EvaluationOptionSet
{
    private readonly Option<string?> _trainManifest = Take.Text(
        "--train-manifest",
        "CSV",
        "The cohort the models learnt from: neighbours and distances are then taken to its images, as in the paper. Patients of --manifest are left out of it."
    );
    private readonly Option<string?> _trainImages = Take.Text(
        "--train-images",
        "DIR",
        "Folder of the images of --train-manifest; that of --images without."
    );
    private readonly Option<double> _perplexity = Take.Number(
        "--perplexity",
        "Neighbours that count in the t-SNE map.",
        new TSneOptions().Perplexity,
        1.0,
        1000.0
    );
    private readonly Option<int> _seed = Take.Number("--seed", "Of resamples and the t-SNE map.", 1, 0, int.MaxValue);
    private readonly Option<bool> _noConfounds = Take.Flag(
        "--no-confounds",
        "Does not examine whether the class can be told from outside the lungs."
    );
    private readonly Option<int> _confoundImages = Take.Number(
        "--confound-images",
        "The most images examined for it; more are drawn at random by patient.",
        400,
        20,
        100_000
    );

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                _trainManifest,
                _trainImages,
                _perplexity,
                _seed,
                _noConfounds,
                _confoundImages,
            }
        )
            command.Add(option);
    }

    /// <summary>The training cohort's manifest; null without one.</summary>
    public string? TrainManifest(ParseResult parsed) => parsed.GetValue(_trainManifest);

    /// <summary>Where its images are, if not where the evaluated ones are.</summary>
    public string? TrainImages(ParseResult parsed) => parsed.GetValue(_trainImages);

    /// <summary>Of resamples.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>Of the map of embeddings.</summary>
    public TSneOptions TSne(ParseResult parsed) =>
        new() { Perplexity = parsed.GetValue(_perplexity), Seed = parsed.GetValue(_seed) };

    /// <summary>How many images the probe takes; null when it is not wanted.</summary>
    public int? ConfoundImages(ParseResult parsed) =>
        parsed.GetValue(_noConfounds) ? null : parsed.GetValue(_confoundImages);
}
