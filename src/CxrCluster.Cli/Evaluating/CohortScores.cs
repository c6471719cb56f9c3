using CxrCluster.Cli.Scoring;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Evaluation;
using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Cli.Evaluating;

/// <summary>A labelled cohort under one model.</summary>
/// <param name="Threshold">The model's operating point.</param>
/// <param name="Predictions">Scored images, in manifest order.</param>
/// <param name="Embeddings">One per prediction.</param>
/// <param name="Unscored">Excluded and failed ones, in manifest order.</param>
internal sealed record CohortScores(
    ModelId Model,
    double Threshold,
    IReadOnlyList<Prediction> Predictions,
    IReadOnlyList<float[]> Embeddings,
    IReadOnlyList<UnscoredImage> Unscored
)
{
    /// <summary>The model's training images; null where they are not known.</summary>
    public CohortScores? Training { get; init; }

    /// <summary>The cohort of those.</summary>
    public LabelledCohort? TrainingCohort { get; init; }

    /// <summary>What the probe for confounders found; null if it did not run.</summary>
    public ConfoundReport? Confounds { get; init; }

    /// <summary>Images that could not be read or scored.</summary>
    public IEnumerable<UnscoredImage> Failed => Unscored.Where(u => u.Kind == UnscoredKind.Failed);

    /// <summary>Sorts results into scored and not scored.</summary>
    /// <param name="results">Results of labelled inputs whose path under the image folder is their name.</param>
    /// <param name="name">An input's name, as in the manifest.</param>
    public static CohortScores Of(
        ModelId model,
        double threshold,
        IReadOnlyList<ScoredInput> results,
        Func<ScoredInput, string> name
    )
    {
        List<ScoredInput> scored = [.. results.Where(IsUsable)];
        return new CohortScores(
            model,
            threshold,
            [.. scored.Select(r => ToPrediction(r, name(r)))],
            [.. scored.Select(r => r.Score.Embedding!)],
            [.. results.Where(r => !IsUsable(r)).Select(r => ToUnscored(r, name(r)))]
        );
    }

    /// <summary>A network whose weights are broken can answer with what is no number.</summary>
    private static bool IsUsable(ScoredInput result) =>
        result.Score is { Outcome: ImageOutcome.Scored, Probability: >= 0 and <= 1, Embedding: { } embedding }
        && embedding.All(float.IsFinite);

    private static Prediction ToPrediction(ScoredInput result, string name)
    {
        ImageOrigin origin = result.Input.Origin;
        return new Prediction(
            name,
            origin.Hospital.Value,
            origin.PatientId ?? "",
            origin.Label!.Value,
            result.Score.Probability!.Value
        );
    }

    private static UnscoredImage ToUnscored(ScoredInput result, string name) =>
        new(
            name,
            result.Input.Origin.Hospital.Value,
            result.Score.Outcome == ImageOutcome.Excluded ? UnscoredKind.Excluded : UnscoredKind.Failed,
            result.Score.Reason?.Code ?? "score-not-finite"
        );
}
