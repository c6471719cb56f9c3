using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Telemetry;

/// <summary>A hospital's serving index as its keeper found it.</summary>
/// <param name="Embeddings">Over the shards that answered.</param>
/// <param name="Unready">Shards that are filling themselves or did not answer: queries are partial while there are any.</param>
public sealed record IndexState(HospitalId Hospital, ModelId Model, int Embeddings, int Unready);
