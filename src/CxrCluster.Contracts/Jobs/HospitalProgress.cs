using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Jobs;

/// <summary>One hospital's part of a job: item counts by state.</summary>
/// <param name="Total">Images known so far; of a job over a PACS, every instance that the PACS lists.</param>
/// <param name="Excluded">With those that need not be fetched.</param>
/// <param name="Failed">With those that could not be fetched.</param>
/// <param name="Pacs">How far the PACS is gathered; null for a job over images that are here.</param>
public sealed record HospitalProgress(
    HospitalId Hospital,
    JobState State,
    int Total,
    int Scored,
    int Excluded,
    int Failed,
    PacsProgress? Pacs = null
);
