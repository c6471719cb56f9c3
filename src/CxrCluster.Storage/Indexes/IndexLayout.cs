using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Indexes;

/// <summary>How one hospital's embeddings under one model are split over shards.</summary>
/// <param name="Number">Counts the layouts of this hospital and model, from 1.</param>
/// <param name="Parts">How many shards; an embedding's part follows from its UID.</param>
/// <param name="ChangedAt">When it got its state, UTC.</param>
public sealed record IndexLayout(
    HospitalId Hospital,
    ModelId Model,
    int Number,
    int Parts,
    LayoutState State,
    DateTimeOffset ChangedAt
);
