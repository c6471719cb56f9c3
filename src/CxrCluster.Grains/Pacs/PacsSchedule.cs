using CxrCluster.Dicom.Web;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Grains.Pacs;

/// <summary>When which part of a PACS is to be swept.</summary>
public static class PacsSchedule
{
    private const int MonthDays = 31;

    /// <summary>Whether recent days are due.</summary>
    public static bool IsRecentDue(DateTimeOffset? last, DateTimeOffset now, PacsOptions options) =>
        last is not { } at || now - at >= options.RecentEvery;

    /// <summary>The wide sweep that is due; null when none is. Everything is due in the first hour after <see
    /// cref="PacsOptions.NightlyHour"/> that finds it undone.</summary>
    public static PacsSweepKind? WideDue(
        DateTimeOffset? month,
        DateTimeOffset? all,
        DateTimeOffset now,
        PacsOptions options
    )
    {
        DateTimeOffset night = new(now.UtcDateTime.Date.AddHours(options.NightlyHour), TimeSpan.Zero);
        if (night > now)
            night = night.AddDays(-1);
        if (all is not { } allAt || allAt < night)
            return PacsSweepKind.All;
        return month is not { } monthAt || now - monthAt >= options.MonthEvery ? PacsSweepKind.Month : null;
    }

    /// <summary>Study dates of a sweep. A day more at the end: hospitals lie in other time zones, and clocks go wrong.</summary>
    public static StudyDates DatesOf(PacsSweepKind kind, DateTimeOffset now, PacsOptions options)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        return kind switch
        {
            PacsSweepKind.Recent => new StudyDates(today.AddDays(-options.RecentDays), today.AddDays(1)),
            PacsSweepKind.Month => new StudyDates(today.AddDays(-MonthDays), today.AddDays(1)),
            _ => StudyDates.All,
        };
    }
}
