using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Maps;

/// <summary>How many embeddings a hospital had when the map was made.</summary>
public sealed record HospitalCount(HospitalId Hospital, int Embeddings);
