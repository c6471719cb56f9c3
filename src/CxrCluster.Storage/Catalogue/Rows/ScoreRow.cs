using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table score: the one result of (model, instance, content).</summary>
internal sealed class ScoreRow
{
    /// <summary>The rank of what has no probability: after everything that has one.</summary>
    public const double NotScored = -1;

    public required string Model { get; init; }
    public required string Hospital { get; init; }
    public required string Uid { get; init; }
    public required string Sha256 { get; init; }
    public required ImageOutcome Outcome { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public double? Probability { get; init; }

    /// <summary>The probability, or <see cref="NotScored"/>: a column without nulls, so that one index gives the worklist's order.</summary>
    public required double Rank { get; init; }

    public double? Threshold { get; init; }
    public double? LungFraction { get; init; }

    /// <summary>32-bit floats, little endian.</summary>
    public byte[]? Embedding { get; init; }

    public required double Milliseconds { get; init; }
    public required DateTimeOffset ScoredAt { get; init; }

    public static ScoreRow From(ScoreRecord record) =>
        new()
        {
            Model = record.Model.ToString(),
            Hospital = record.Instance.Hospital.Value,
            Uid = record.Instance.Uid.Value,
            Sha256 = record.Sha256,
            Outcome = record.Score.Outcome,
            ReasonCode = record.Score.Reason?.Code,
            ReasonText = record.Score.Reason?.Text,
            Probability = record.Score.Probability,
            Rank = record.Score.Probability ?? NotScored,
            Threshold = record.Score.Threshold,
            LungFraction = record.Score.LungFraction,
            Embedding = record.Score.Embedding is { } vector ? EmbeddingBytes.From(vector) : null,
            Milliseconds = record.Score.Milliseconds,
            ScoredAt = record.ScoredAt,
        };

    public ScoreRecord ToRecord() =>
        new()
        {
            Instance = new InstanceId(new HospitalId(Hospital), new SopInstanceUid(Uid)),
            Sha256 = Sha256,
            Model = ModelId.Parse(Model),
            Score = new ImageScore
            {
                Outcome = Outcome,
                Reason = ReasonCode is null ? null : new Reason(ReasonCode, ReasonText ?? ""),
                Probability = Probability,
                Threshold = Threshold,
                LungFraction = LungFraction,
                Embedding = Embedding is null ? null : EmbeddingBytes.ToVector(Embedding),
                Milliseconds = Milliseconds,
            },
            ScoredAt = ScoredAt,
        };
}
