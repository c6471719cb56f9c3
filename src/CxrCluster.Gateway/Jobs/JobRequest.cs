using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Jobs;

/// <summary>A scoring job to be started.</summary>
/// <param name="Hospitals">Whose images.</param>
/// <param name="Model">Null: the active one.</param>
/// <param name="From">Over the ledger: only images received at or after. Over PACSs: the first study date.</param>
/// <param name="To">Over the ledger: only images received before. Over PACSs: the last study date.</param>
/// <param name="Over">Null: the PACSs when both ends are whole days and the hospitals have one, else the ledger.</param>
public sealed record JobRequest(
    HospitalSelection Hospitals,
    ModelId? Model = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    JobScope? Over = null
);
