using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Workers;

/// <summary>A slot at one moment.</summary>
/// <param name="Slot">Which.</param>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="Queued">Images that wait.</param>
/// <param name="Capacity">Images that may wait.</param>
/// <param name="Images">Images answered since the slot started.</param>
/// <param name="Batches">Batches run since the slot started.</param>
/// <param name="LoadedModels">Models that are warm.</param>
[GenerateSerializer, Immutable, Alias("slot-status")]
public sealed record SlotStatus(
    [property: Id(0)] SlotId Slot,
    [property: Id(1)] string Device,
    [property: Id(2)] int Queued,
    [property: Id(3)] int Capacity,
    [property: Id(4)] long Images,
    [property: Id(5)] long Batches,
    [property: Id(6)] IReadOnlyList<ModelId> LoadedModels
);
