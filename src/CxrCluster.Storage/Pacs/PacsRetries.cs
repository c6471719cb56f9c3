using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Pacs;

/// <summary>When a failed instance is tried again.</summary>
public static class PacsRetries
{
    /// <summary>Failed tries after which it is parked.</summary>
    public const int MostAttempts = 5;

    /// <summary>The pause after the first failed try.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Reasons that may pass: the others lie in the content, which stays as it is.</summary>
    private static readonly string[] Passing =
    [
        ReasonCodes.Unavailable,
        ReasonCodes.Missing,
        ReasonCodes.NoDecoder,
        ReasonCodes.Defect,
    ];

    /// <summary>After the so-many-th failed try: 5 s, 10 s, 20 s, ..., at most 10 minutes; null: it is parked.</summary>
    /// <param name="first">Another first pause than <see cref="First"/>.</param>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset now, TimeSpan? first = null) =>
        attempts >= MostAttempts
            ? null
            : now + TimeSpan.FromTicks(Math.Min(Longest.Ticks, (first ?? First).Ticks << Math.Min(attempts - 1, 10)));

    /// <summary>Whether scoring the same bytes again may end otherwise.</summary>
    public static bool MayPass(Reason? reason) =>
        reason is not null && Passing.Contains(reason.Code, StringComparer.Ordinal);
}
