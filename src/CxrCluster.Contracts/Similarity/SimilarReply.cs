using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>Neighbours, nearest first.</summary>
/// <param name="Missing">Hospitals that did not answer in time: the answer is partial when there are any.</param>
/// <param name="Withheld">Hospitals that do not share with this reader, or whose cases that pass the filter are of too few
/// patients to stay anonymous; null for none.</param>
[GenerateSerializer, Immutable, Alias("similar-reply")]
public sealed record SimilarReply(
    [property: Id(0)] IReadOnlyList<Neighbour> Neighbours,
    [property: Id(1)] IReadOnlyList<HospitalId> Missing,
    [property: Id(2)] IReadOnlyList<HospitalId>? Withheld = null
);
