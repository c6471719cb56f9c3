using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Pacs;

/// <summary>A hospital's PACS to be added or changed. Secrets are named, never sent.</summary>
/// <param name="Url">Root of its DICOMweb services.</param>
/// <param name="User">User of basic authentication.</param>
/// <param name="PasswordFrom">Where the nodes find the password: "env:CXR_PACS_..." or "file:PATH".</param>
/// <param name="TokenFrom">Where they find a bearer token, instead.</param>
/// <param name="CaFile">PEM file, on the nodes, with the authorities that may vouch for the server.</param>
public sealed record PacsRequest(
    HospitalId Hospital,
    string Url,
    string? User = null,
    string? PasswordFrom = null,
    string? TokenFrom = null,
    string? CaFile = null
);
