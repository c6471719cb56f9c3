using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Sweeps;

/// <summary>What a lease has brought.</summary>
/// <param name="EpochsDone">Epochs that the run has behind it.</param>
/// <param name="Checkpoint">Key of the checkpoint that holds them; null when the run is over.</param>
/// <param name="History">The curves.</param>
/// <param name="Predictions">Of the test images when the run is over; null before.</param>
/// <param name="Notice">Something to know about the run; null when there is nothing.</param>
public sealed record SweepRunResult(
    int EpochsDone,
    string? Checkpoint,
    IReadOnlyList<EpochPoint> History,
    IReadOnlyList<TestPrediction>? Predictions = null,
    string? Notice = null
);
