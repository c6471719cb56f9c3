using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Scores;

/// <summary>
/// The one result of (instance, content, model). Made at least once, recorded once: a row that is Scored is never changed;
/// a row that is Excluded or Failed is replaced by a later result.
/// </summary>
public sealed record ScoreRecord
{
    /// <summary>Which image.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>Which content of it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Which model.</summary>
    public required ModelId Model { get; init; }

    /// <summary>What came out.</summary>
    public required ImageScore Score { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset ScoredAt { get; init; }
}
