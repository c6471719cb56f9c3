using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Indexes;

/// <summary>An embedding that the catalogue holds: which image, made from which content.</summary>
public readonly record struct EmbeddingKey(SopInstanceUid Uid, string Sha256);
