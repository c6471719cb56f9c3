using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Asks for cases similar to an image that the cluster has scored.</summary>
/// <param name="Model">Null: the active one.</param>
/// <param name="K">How many, 1 to 100; null: 4.</param>
public sealed record SimilarRequest(HospitalId Hospital, SopInstanceUid Uid, ModelId? Model = null, int? K = null);
