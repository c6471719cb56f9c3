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
