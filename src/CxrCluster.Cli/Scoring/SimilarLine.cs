using CxrCluster.Contracts.Similarity;

namespace CxrCluster.Cli.Scoring;

/// <summary>One line of `cxr similar --json`. Names and meaning are relied on outside: add, never change.</summary>
/// <param name="Rank">From 1, nearest first.</param>
/// <param name="Distance">Euclidean, between the embeddings.</param>
/// <param name="Label">Truth of the case, 0 or 1; null where unknown.</param>
internal sealed record SimilarLine(
    int Rank,
    string Hospital,
    string? PatientId,
    string Image,
    double Distance,
    double Probability,
    int? Label
)
{
    /// <summary>The line of one case.</summary>
    public static SimilarLine Of(int rank, Neighbour neighbour) =>
        new(
            rank,
            neighbour.Instance.Hospital.Value,
            neighbour.PatientId,
            neighbour.ImageName,
            neighbour.Distance,
            neighbour.Probability,
            neighbour.Label
        );
}
