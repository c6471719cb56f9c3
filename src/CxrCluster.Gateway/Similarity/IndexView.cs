using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Gateway.Similarity;

/// <summary>One layout of a hospital's index.</summary>
/// <param name="State">Serving, filling beside it, or retired.</param>
/// <param name="Embeddings">Over its shards.</param>
/// <param name="Bytes">Memory of vectors and codes over its shards.</param>
/// <param name="Shards">Where each is and whether it answers.</param>
public sealed record IndexView(
    HospitalId Hospital,
    ModelId Model,
    LayoutState State,
    int Embeddings,
    long Bytes,
    IReadOnlyList<ShardStatus> Shards
);
