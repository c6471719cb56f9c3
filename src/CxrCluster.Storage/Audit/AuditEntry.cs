using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Audit;

/// <summary>Who did or looked at what, when.</summary>
/// <param name="Actor">Who: a user or token name.</param>
/// <param name="Action">What: "sign-in", "score", "view-image", "similar", "job-submit", ...</param>
/// <param name="Hospital">Whose data, if one hospital's.</param>
/// <param name="Subject">Of which thing: an instance or job id; never a patient's name.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, HospitalId? Hospital, string? Subject);
