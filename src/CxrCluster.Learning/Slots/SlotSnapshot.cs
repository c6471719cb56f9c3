namespace CxrCluster.Learning.Slots;

/// <summary>A slot at one moment.</summary>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="Queued">Images that wait.</param>
/// <param name="Capacity">Images that may wait.</param>
/// <param name="Images">Images answered since the slot started.</param>
/// <param name="Batches">Batches run since the slot started, failed ones included.</param>
/// <param name="LoadedModels">Models that are warm, most recently used first.</param>
public sealed record SlotSnapshot(
    string Device,
    int Queued,
    int Capacity,
    long Images,
    long Batches,
    IReadOnlyList<string> LoadedModels
);
