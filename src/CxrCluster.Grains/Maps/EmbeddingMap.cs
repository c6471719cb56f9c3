using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Maps;

/// <summary>All hospitals' embeddings under one model in two dimensions, by t-SNE.</summary>
/// <param name="Hospitals">How many embeddings each had.</param>
/// <param name="Perplexity">As it was asked for; lower for few points.</param>
/// <param name="Seed">Of sample and start positions: equal embeddings and seed give the equal map.</param>
/// <param name="ComputedAt">UTC.</param>
/// <param name="Points">Ordered by hospital and UID; a sample when there were too many embeddings.</param>
public sealed record EmbeddingMap(
    ModelId Model,
    IReadOnlyList<HospitalCount> Hospitals,
    double Perplexity,
    int Seed,
    DateTimeOffset ComputedAt,
    IReadOnlyList<MapPoint> Points
);
