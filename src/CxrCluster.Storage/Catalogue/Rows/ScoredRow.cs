using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>A result with its image, as queries join them.</summary>
internal sealed class ScoredRow
{
    public required ScoreRow Score { get; init; }
    public required InstanceRow Instance { get; init; }

    /// <summary>
    /// Results about the content that the image has now; those about earlier contents are history. The contents are compared
    /// by two inequalities because nearly all are equal: PostgreSQL takes an equality of unrelated columns for a rare thing.
    /// </summary>
    public static IQueryable<ScoredRow> Current(CatalogueContext context) =>
        from score in context.Scores
        join instance in context.Instances
            on new { score.Hospital, score.Uid } equals new { instance.Hospital, instance.Uid }
        where string.Compare(score.Sha256, instance.Sha256) >= 0 && string.Compare(score.Sha256, instance.Sha256) <= 0
        select new ScoredRow { Score = score, Instance = instance };

    public ScoredInstance ToRecord() => new(Instance.ToRecord(), Score.ToRecord());
}
