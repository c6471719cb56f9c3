using System.Text.Json.Serialization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Cli.Scoring;

/// <summary>One line of `cxr score --json`. Names and meaning are relied on outside: add, never change.</summary>
/// <param name="Path">The input, as found.</param>
/// <param name="Sha256">Hash of the file's content; null when it could not be read.</param>
/// <param name="Probability">0 to 1; null unless scored.</param>
/// <param name="Label">1 at or above the threshold, 0 below; null unless scored.</param>
/// <param name="Model">"name@version".</param>
/// <param name="Reason">Why it was excluded or failed; null when scored.</param>
/// <param name="Embedding">Only when asked for.</param>
internal sealed record ScoreLine(
    string Path,
    string Hospital,
    string? PatientId,
    string? Sha256,
    ImageOutcome Status,
    double? Probability,
    int? Label,
    double? Threshold,
    string Model,
    double? LungFraction,
    string? Reason,
    double Milliseconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Embedding
)
{
    /// <summary>The line of one result.</summary>
    public static ScoreLine Of(ScoredInput result, ModelId model, bool withEmbedding) =>
        new(
            result.Input.Path,
            result.Input.Origin.Hospital.Value,
            result.Input.Origin.PatientId ?? result.Instance?.PatientId,
            result.Instance?.Sha256,
            result.Score.Outcome,
            result.Score.Probability,
            result.Score.Label,
            result.Score.Threshold,
            model.ToString(),
            result.Score.LungFraction,
            result.Reason,
            Math.Round(result.Score.Milliseconds, 1),
            withEmbedding ? result.Score.Embedding : null
        );
}
