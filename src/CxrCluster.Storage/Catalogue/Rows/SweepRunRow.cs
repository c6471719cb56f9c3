using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table sweep_run: one network on one split.</summary>
internal sealed class SweepRunRow
{
    public required string Sweep { get; init; }
    public required string Architecture { get; init; }
    public required int Split { get; init; }
    public required RunState State { get; init; }

    /// <summary>Counts the slots that the run was leased to.</summary>
    public required long Lease { get; init; }

    /// <summary>"node/ordinal" of the slot that trains it or, while it is Pending, may still have it in memory.</summary>
    public string? Slot { get; init; }

    public required int EpochsDone { get; init; }
    public required int Step { get; init; }
    public required int Steps { get; init; }
    public double? LastLoss { get; init; }
    public double? ValidationAuc { get; init; }

    /// <summary>Points of the curves as JSON.</summary>
    public required string History { get; init; }

    /// <summary>Key of the checkpoint that holds the epochs done.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Predictions of the test images as JSON, when Done.</summary>
    public string? Predictions { get; init; }

    /// <summary>Leases that ended without an epoch since the last that ended with one.</summary>
    public required int Failures { get; init; }

    public string? Reason { get; init; }
}
