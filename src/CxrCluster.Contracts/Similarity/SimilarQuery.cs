using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>A search over hospitals.</summary>
/// <param name="Vector">The embedding asked about.</param>
/// <param name="K">How many neighbours, at least 1.</param>
/// <param name="Hospitals">Where to look; the caller has checked that the reader may.</param>
/// <param name="Reader">Whose reader asks: neighbours of other hospitals come back pseudonymised. Null: an operator
/// of all hospitals (one machine, no tenants), nothing is hidden.</param>
/// <param name="ExcludeInstance">The image asked about, if it is in an index itself.</param>
/// <param name="ExcludePatient">Its patient, to find other patients only.</param>
/// <param name="Filter">Which cases may come back.</param>
/// <param name="Patience">How long to wait for shards that are filling themselves; null: the cluster's deadline, which
/// prefers a partial answer now.</param>
[GenerateSerializer, Immutable, Alias("similar-query")]
public sealed record SimilarQuery(
    [property: Id(0)] ModelId Model,
    [property: Id(1)] float[] Vector,
    [property: Id(2)] int K,
    [property: Id(3)] IReadOnlyList<HospitalId> Hospitals,
    [property: Id(4)] HospitalId? Reader = null,
    [property: Id(5)] InstanceId? ExcludeInstance = null,
    [property: Id(6)] (HospitalId Hospital, string PatientId)? ExcludePatient = null,
    [property: Id(7)] SimilarFilter? Filter = null,
    [property: Id(8)] TimeSpan? Patience = null
);
