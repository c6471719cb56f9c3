using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Images;

/// <summary>An image that the ledger has.</summary>
public sealed record AdmittedImage(HospitalId Hospital, SopInstanceUid Uid, string Name, string Sha256);
