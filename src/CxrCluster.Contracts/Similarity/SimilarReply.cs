using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>Neighbours, nearest first.</summary>
/// <param name="Missing">Hospitals that did not answer in time: the answer is partial when there are any.</param>
[GenerateSerializer, Immutable, Alias("similar-reply")]
public sealed record SimilarReply(
    [property: Id(0)] IReadOnlyList<Neighbour> Neighbours,
    [property: Id(1)] IReadOnlyList<HospitalId> Missing
);
