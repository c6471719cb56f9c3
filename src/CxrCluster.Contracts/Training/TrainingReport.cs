namespace CxrCluster.Contracts.Training;

/// <summary>How a unit of training goes or what came of it.</summary>
[GenerateSerializer, Immutable, Alias("training-report")]
public sealed record TrainingReport
{
    /// <summary>Whether the unit is over.</summary>
    [Id(0)]
    public bool Ended { get; init; }

    /// <summary>Steps done of the epoch.</summary>
    [Id(1)]
    public int Step { get; init; }

    /// <summary>Steps of the epoch; 0 before the first.</summary>
    [Id(2)]
    public int Steps { get; init; }

    /// <summary>Epochs that the run has behind it; one more than before when the unit ended well.</summary>
    [Id(3)]
    public int EpochsDone { get; init; }

    /// <summary>Key of the checkpoint that holds them; null when none was written (the run is over, or the unit is not).</summary>
    [Id(4)]
    public string? Checkpoint { get; init; }

    /// <summary>The run's curves; empty until the unit has ended.</summary>
    [Id(5)]
    public IReadOnlyList<EpochPoint> History { get; init; } = [];

    /// <summary>Of the test images, when the run is over; null before.</summary>
    [Id(6)]
    public IReadOnlyList<TestPrediction>? Predictions { get; init; }

    /// <summary>Why the unit ended without an epoch; null when it ended well.</summary>
    [Id(7)]
    public string? Failure { get; init; }

    /// <summary>Whether another attempt may help: storage did not answer, the slot stopped.</summary>
    [Id(8)]
    public bool MayRetry { get; init; }

    /// <summary>Something to know about a run that did end: it stopped early because the loss was not a number.</summary>
    [Id(9)]
    public string? Notice { get; init; }

    /// <summary>Seconds of computing.</summary>
    [Id(10)]
    public double StepSeconds { get; init; }
}
