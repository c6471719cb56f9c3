namespace CxrCluster.Contracts.Jobs;

/// <summary>How far a hospital's PACS is gathered for a job over study dates.</summary>
/// <param name="Seen">Instances that the PACS lists for these dates, so far.</param>
/// <param name="Fetched">Instances whose bytes are here.</param>
/// <param name="Excluded">Instances that need not be fetched, such as reports and other modalities.</param>
/// <param name="Failed">Instances that could not be fetched; a retry of the job tries again.</param>
/// <param name="Complete">Whether everything that the PACS holds for these dates is accounted for.</param>
public sealed record PacsProgress(int Seen, int Fetched, int Excluded, int Failed, bool Complete);
