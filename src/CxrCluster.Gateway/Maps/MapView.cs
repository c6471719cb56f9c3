using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Maps;

/// <summary>The map of the embeddings as the reader may see it.</summary>
/// <param name="Model">Whose embeddings.</param>
/// <param name="Embeddings">How many there were, over the hospitals shown.</param>
/// <param name="Sample">How many of them are drawn.</param>
/// <param name="Perplexity">Of t-SNE.</param>
/// <param name="Seed">Of sample and start positions.</param>
/// <param name="ComputedAt">Probabilities and labels are those of this moment, UTC.</param>
/// <param name="Withheld">Hospitals that share nothing with this reader: their points are left out.</param>
/// <param name="Points">Ordered by hospital and UID.</param>
public sealed record MapView(
    ModelId Model,
    int Embeddings,
    int Sample,
    double Perplexity,
    int Seed,
    DateTimeOffset ComputedAt,
    IReadOnlyList<HospitalId> Withheld,
    IReadOnlyList<MapPointView> Points
);
