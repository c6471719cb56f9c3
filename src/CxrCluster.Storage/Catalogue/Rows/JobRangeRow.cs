namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table job_range: the study dates that a hospital's part of a job covers in the hospital's PACS. Its items are
/// added while instances arrive.</summary>
internal sealed class JobRangeRow
{
    public required string Job { get; init; }
    public required string Hospital { get; init; }

    /// <summary>First study date, yyyymmdd.</summary>
    public required int FromDate { get; init; }

    /// <summary>Last study date, yyyymmdd.</summary>
    public required int ToDate { get; init; }

    /// <summary>Whether the PACS was looked through for these dates since the job began.</summary>
    public required bool Swept { get; init; }

    /// <summary>Whether everything in the range is among the items, or can never be.</summary>
    public required bool Closed { get; init; }
}
