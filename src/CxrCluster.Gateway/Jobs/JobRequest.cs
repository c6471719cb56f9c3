using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Jobs;

/// <summary>A scoring job to be started over images in the ledger.</summary>
/// <param name="Hospitals">Whose images.</param>
/// <param name="Model">Null: the active one.</param>
/// <param name="From">Only images received at or after.</param>
/// <param name="To">Only images received before.</param>
public sealed record JobRequest(
    HospitalSelection Hospitals,
    ModelId? Model = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
);
