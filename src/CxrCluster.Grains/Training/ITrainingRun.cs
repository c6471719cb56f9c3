using CxrCluster.Contracts.Training;

namespace CxrCluster.Grains.Training;

/// <summary>A run in a slot's memory. Used and disposed on the slot's thread.</summary>
public interface ITrainingRun : IDisposable
{
    /// <summary>Epochs that are finished and in a checkpoint.</summary>
    int EpochsDone { get; }

    /// <summary>Whether only the predictions are left.</summary>
    bool Done { get; }

    /// <summary>The curves so far.</summary>
    IReadOnlyList<EpochPoint> History { get; }

    /// <summary>Why it ended early, in a sentence; null when it did not.</summary>
    string? Divergence { get; }

    /// <summary>One optimiser step; at an epoch's end also validation and checkpoint.</summary>
    /// <returns>Steps done of how many of the epoch.</returns>
    (int Step, int Steps) Advance(CancellationToken cancellationToken);

    /// <summary>Probabilities of the test images, when it is done.</summary>
    /// <exception cref="HopelessRunException">It ended before its first epoch.</exception>
    IReadOnlyList<TestPrediction> PredictTest(CancellationToken cancellationToken);
}
