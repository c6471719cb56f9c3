using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Studies;

/// <summary>A hospital and how many images it has in the ledger.</summary>
public sealed record HospitalImages(HospitalId Hospital, int Images);
