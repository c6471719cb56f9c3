namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table pacs_study: what a PACS said about a study.</summary>
internal sealed class PacsStudyRow
{
    public required string Hospital { get; init; }
    public required string Uid { get; init; }

    /// <summary>Study date as yyyymmdd, so that ranges of it are ranges of an index; null when there is none.</summary>
    public int? Date { get; init; }

    /// <summary>Instances that the PACS says it has; null when it does not say.</summary>
    public int? Instances { get; init; }

    /// <summary>Instances in the last listing; null before the first, and after the PACS's count changed.</summary>
    public int? Listed { get; init; }

    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Whether the last two listings were equally long.</summary>
    public required bool Settled { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public static int? Number(DateOnly? date) => date is { } d ? (d.Year * 10000) + (d.Month * 100) + d.Day : null;
}
