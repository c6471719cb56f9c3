using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table sweep, with its fence.</summary>
internal sealed class SweepRow
{
    public required string Id { get; init; }
    public required SweepState State { get; init; }

    /// <summary>The specification as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>Raised by each coordinator that takes the sweep over; writes with an older one are refused.</summary>
    public required long Epoch { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
