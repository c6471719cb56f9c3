using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Evaluation.Confounds;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>What an evaluation report is made of, see <see cref="EvaluationReport"/>.</summary>
public sealed record EvaluationInput
{
    /// <summary>Heading of the report.</summary>
    public required string Title { get; init; }

    /// <summary>The model, "name@version", or a list of several.</summary>
    public required string Model { get; init; }

    /// <summary>Scored images, in manifest order; at least one.</summary>
    public required IReadOnlyList<Prediction> Predictions { get; init; }

    /// <summary>One embedding per prediction, in the same order; null where there are none (a majority vote).</summary>
    public IReadOnlyList<float[]>? Embeddings { get; init; }

    /// <summary>Images without a score, for the cohort line and the table per hospital.</summary>
    public IReadOnlyList<UnscoredImage> Unscored { get; init; } = [];

    /// <summary>What the manifest says of the scored images, for Table 1, views and the marked hard cases.</summary>
    public IReadOnlyList<ImageFacts> Facts { get; init; } = [];

    /// <summary>
    /// The model's training images with its scores and embeddings: neighbours and distances are then taken to them, as in
    /// the paper. Null: among the evaluated images themselves.
    /// </summary>
    public IReadOnlyList<EmbeddedPrediction>? Training { get; init; }

    /// <summary>What the manifest says of the training images.</summary>
    public IReadOnlyList<ImageFacts> TrainingFacts { get; init; } = [];

    /// <summary>Other models on the same images, for Table 2.</summary>
    public IReadOnlyList<(string Model, ClassificationMetrics Metrics)> Compared { get; init; } = [];

    /// <summary>What the probe for confounders found; null if it did not run.</summary>
    public ConfoundReport? Confounds { get; init; }

    /// <summary>Resamples of patients behind the confidence intervals.</summary>
    public int Bootstraps { get; init; } = PatientBootstrap.DefaultResamples;

    /// <summary>Of the resamples.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Of the map of embeddings.</summary>
    public TSneOptions TSne { get; init; } = new();

    /// <summary>Probabilities at or above it are predicted positive.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Neighbours averaged and shown.</summary>
    public int K { get; init; } = 4;

    /// <summary>A plain paragraph about what the numbers do not show; left out if null.</summary>
    public string? Caution { get; init; }

    /// <summary>
    /// Gives the pixels of an image as PNG, JPEG or BMP bytes for the panel of similar cases, null if it has none.
    /// Without it there is no panel.
    /// </summary>
    public Func<Prediction, CancellationToken, Task<byte[]?>>? ReadImage { get; init; }

    /// <summary>When the report is made.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A sentence per value that cannot be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Predictions.Count == 0)
            yield return "There is no scored image to evaluate: check the manifest and the reasons of the images left out.";
        if (!(Threshold is >= 0 and <= 1))
            yield return $"Threshold is {Threshold}: set it between 0 and 1.";
        if (K < 1)
            yield return $"K is {K}: set it to at least 1, usually 4.";
        if (Bootstraps < 1)
            yield return $"Bootstraps is {Bootstraps}: set it to at least 1, usually 1000.";
        foreach (string fault in TSne.Validate())
            yield return fault;
        if (Training is [var first, ..] && Embeddings is [var own, ..] && first.Embedding.Length != own.Length)
            yield return $"The embeddings of the training images have {first.Embedding.Length} components, those of the "
                + $"evaluated ones {own.Length}: use embeddings of one model.";
        if (Embeddings is null)
            yield break;
        if (Embeddings.Count != Predictions.Count)
            yield return $"There are {Embeddings.Count} embeddings for {Predictions.Count} predictions: give one for each.";
        foreach ((Prediction prediction, float[] embedding) in Predictions.Zip(Embeddings))
        {
            if (embedding.Length == 0 || embedding.Length != Embeddings[0].Length)
                yield return $"The embedding of {prediction.Image} has {embedding.Length} components, the first one "
                    + $"{Embeddings[0].Length}: use embeddings of one model.";
            else if (!embedding.All(float.IsFinite))
                yield return $"The embedding of {prediction.Image} has a component that is not a finite number: score it again.";
        }
    }
}
