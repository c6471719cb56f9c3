using CxrCluster.Dicom.Web;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Grains.Pacs;

/// <summary>How PACSs are looked after, section "Pacs" of the configuration.</summary>
public sealed class PacsOptions
{
    /// <summary>How patiently one is asked.</summary>
    public PacsClientOptions Client { get; set; } = new();

    /// <summary>Study dates that count as recent: today and so many days before.</summary>
    public int RecentDays { get; set; } = 3;

    /// <summary>How often recent days are swept.</summary>
    public TimeSpan RecentEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the last month is swept.</summary>
    public TimeSpan MonthEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Hour of the day, UTC, from which everything is swept once.</summary>
    public int NightlyHour { get; set; } = 2;

    /// <summary>The nightly sweep fetches studies of so many days again, to see whether somebody sent other content under a
    /// known UID. 0: never.</summary>
    public int RefetchDays { get; set; } = 7;

    /// <summary>A study that still grows is listed again after this time.</summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a coordinator with nothing to do waits before it looks again.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a PACS, the catalogue or the blob store failed.</summary>
    public TimeSpan AfterFault { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause before an instance that could not be fetched is asked for again; it doubles with every failure, and
    /// after five the instance is parked.</summary>
    public TimeSpan FetchAgainAfter { get; set; } = PacsRetries.First;

    /// <summary>Instances of one PACS that are fetched at one time; times the largest size it bounds the memory.</summary>
    public int FetchWindow { get; set; } = 4;

    /// <summary>Instances of one PACS that are scored at one time outside jobs.</summary>
    public int ScoreWindow { get; set; } = 8;

    /// <summary>Whether what arrives is scored with the active model without being asked; urgent studies are in any case.</summary>
    public bool AutoScore { get; set; } = true;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string problem in Client.Validate())
            yield return problem.Replace("Pacs:", "Pacs:Client:", StringComparison.Ordinal);
        if (RecentDays is < 0 or > 31 || RefetchDays is < 0 or > 3650)
            yield return $"Pacs:RecentDays is {RecentDays} and Pacs:RefetchDays {RefetchDays}: set them between 0 and 31, 0 and 3650.";
        if (RecentEvery <= TimeSpan.Zero || MonthEvery <= TimeSpan.Zero || SettleAfter <= TimeSpan.Zero)
            yield return "Pacs:RecentEvery, Pacs:MonthEvery and Pacs:SettleAfter must be positive, as in 00:01:00.";
        if (Idle <= TimeSpan.Zero || AfterFault <= TimeSpan.Zero)
            yield return "Pacs:Idle and Pacs:AfterFault must be positive, as in 00:00:01.";
        if (FetchAgainAfter <= TimeSpan.Zero || FetchAgainAfter > TimeSpan.FromHours(1))
            yield return $"Pacs:FetchAgainAfter is {FetchAgainAfter}: set it above 0 and up to 01:00:00.";
        if (NightlyHour is < 0 or > 23)
            yield return $"Pacs:NightlyHour is {NightlyHour}: set it between 0 and 23.";
        if (FetchWindow is < 1 or > 64 || ScoreWindow is < 1 or > 1024)
            yield return $"Pacs:FetchWindow is {FetchWindow} and Pacs:ScoreWindow {ScoreWindow}: set them between 1 and 64, 1 and 1024.";
    }
}
