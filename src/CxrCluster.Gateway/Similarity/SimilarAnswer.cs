using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Similar cases over all hospitals.</summary>
/// <param name="Similar">Nearest first.</param>
/// <param name="Missing">Hospitals that did not answer: the list is partial when there are any.</param>
/// <param name="Withheld">Hospitals that do not share with this reader, or not under this filter.</param>
public sealed record SimilarAnswer(
    IReadOnlyList<SimilarCase> Similar,
    IReadOnlyList<HospitalId> Missing,
    IReadOnlyList<HospitalId> Withheld
)
{
    /// <summary>For an image without an embedding.</summary>
    public static SimilarAnswer None { get; } = new([], [], []);
}
