using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Gateway.Pacs;

/// <summary>A PACS as the API shows it: where it is, when it was looked through, how far its ledger is.</summary>
/// <param name="Fault">Why it cannot be looked through; null when it can.</param>
/// <param name="Instances">Counts by state: seen, fetched, scored, excluded, failed, parked.</param>
public sealed record PacsView(
    HospitalId Hospital,
    string Url,
    string? User,
    string? PasswordFrom,
    string? TokenFrom,
    string? CaFile,
    DateTimeOffset? RecentAt,
    DateTimeOffset? MonthAt,
    DateTimeOffset? AllAt,
    string? Fault,
    IReadOnlyDictionary<string, int> Instances
)
{
    /// <summary>From the rows.</summary>
    public static PacsView From(
        PacsSource source,
        IReadOnlyList<(HospitalId Hospital, PacsInstanceState State, int Count)> counts
    ) =>
        new(
            source.Hospital,
            source.Url,
            source.User,
            source.PasswordFrom,
            source.TokenFrom,
            source.CaFile,
            source.RecentAt,
            source.MonthAt,
            source.AllAt,
            source.Fault,
            Enum.GetValues<PacsInstanceState>()
                .ToDictionary(
                    s => s.ToString().ToLowerInvariant(),
                    s => counts.Where(c => c.Hospital == source.Hospital && c.State == s).Sum(c => c.Count),
                    StringComparer.Ordinal
                )
        );
}
