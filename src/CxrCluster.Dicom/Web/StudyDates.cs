using System.Runtime.InteropServices;

namespace CxrCluster.Dicom.Web;

/// <summary>A range of study dates (0008,0020), both ends included; null is open.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StudyDates(DateOnly? From, DateOnly? To)
{
    /// <summary>Every study, also those without a date.</summary>
    public static StudyDates All => default;

    /// <summary>Whether a study of this date is meant.</summary>
    public bool Contains(DateOnly? date) =>
        this == All || (date is { } d && (From is not { } from || d >= from) && (To is not { } to || d <= to));

    /// <summary>The range as a query's value (PS3.4 C.2.2.2.5.1); null for everything.</summary>
    public string? ToQuery() => this == All ? null : $"{From:yyyyMMdd}-{To:yyyyMMdd}";
}
