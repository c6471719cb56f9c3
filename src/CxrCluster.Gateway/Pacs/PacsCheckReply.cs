using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Pacs;

/// <summary>Whether a PACS can be used.</summary>
/// <param name="Fault">The sentence that says why not; null when it can.</param>
public sealed record PacsCheckReply(HospitalId Hospital, bool Ok, string? Fault);
