namespace CxrCluster.Learning.Slots;

/// <summary>A slot at one moment.</summary>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="Queued">Images that wait.</param>
/// <param name="Capacity">Images that may wait.</param>
/// <param name="Images">Images answered since the slot started.</param>
/// <param name="Batches">Batches run since the slot started, failed ones included.</param>
/// <param name="LoadedModels">Models that are warm, most recently used first.</param>
/// <param name="StepwiseWorks">Stepwise works under way, such as a training.</param>
/// <param name="Steps">Steps of them done since the slot started.</param>
public sealed record SlotSnapshot(
    string Device,
    int Queued,
    int Capacity,
    long Images,
    long Batches,
    IReadOnlyList<string> LoadedModels,
    int StepwiseWorks = 0,
    long Steps = 0
);
