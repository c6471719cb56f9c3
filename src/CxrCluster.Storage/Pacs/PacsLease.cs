using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Pacs;

/// <summary>The right to write a hospital's ledger, until somebody else takes it over.</summary>
/// <param name="Epoch">The fence: writes with an older epoch are refused.</param>
public sealed record PacsLease(HospitalId Hospital, long Epoch);
