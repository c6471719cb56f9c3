using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Jobs;

/// <summary>The study dates that a hospital's part of a job covers in the hospital's PACS, both ends included.</summary>
/// <param name="Swept">Whether the PACS was looked through for them since the job began.</param>
public sealed record JobRange(JobId Job, HospitalId Hospital, DateOnly From, DateOnly To, bool Swept);
