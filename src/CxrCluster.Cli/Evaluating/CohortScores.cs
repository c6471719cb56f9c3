using CxrCluster.Cli.Scoring;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Evaluation;

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
        List<ScoredInput> scored = [.. results.Where(r => r.Score.Outcome == ImageOutcome.Scored)];
        return new CohortScores(
            model,
            threshold,
            [.. scored.Select(r => ToPrediction(r, name(r)))],
            [.. scored.Select(r => r.Score.Embedding!)],
            [.. results.Where(r => r.Score.Outcome != ImageOutcome.Scored).Select(r => ToUnscored(r, name(r)))]
        );
    }

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
            result.Score.Reason!.Code
        );
}
