using System.Globalization;
using System.Text.Json;

namespace CxrCluster.Dicom.Web;

/// <summary>Reads the DICOM JSON model (PS3.18 annex F), only as far as queries need it. Names of persons are never read.</summary>
internal static class DicomJson
{
    public const string SopClass = "00080016";
    public const string SopInstance = "00080018";
    public const string StudyDate = "00080020";
    public const string Modality = "00080060";
    public const string ModalitiesInStudy = "00080061";
    public const string FailureReason = "00081197";
    public const string FailedSops = "00081198";
    public const string ReferencedSops = "00081199";
    public const string ReferencedSopInstance = "00081155";
    public const string Study = "0020000D";
    public const string Series = "0020000E";
    public const string StudyInstances = "00201208";

    /// <summary>The element's values; none when it is absent, empty or something else.</summary>
    public static IEnumerable<JsonElement> Values(JsonElement dataSet, string tag) =>
        dataSet.ValueKind == JsonValueKind.Object
        && dataSet.TryGetProperty(tag, out JsonElement element)
        && element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("Value", out JsonElement values)
        && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray()
            : [];

    /// <summary>The first value as text; null when there is none.</summary>
    public static string? Text(JsonElement dataSet, string tag) => Texts(dataSet, tag).FirstOrDefault();

    /// <summary>All values that are text.</summary>
    public static IEnumerable<string> Texts(JsonElement dataSet, string tag) =>
        Values(dataSet, tag)
            .Where(v => v.ValueKind == JsonValueKind.String)
            .Select(v => v.GetString()!.Trim(' ', '\0'))
            .Where(t => t.Length > 0);

    /// <summary>The first value as a whole number, also when a server writes it as text; null when there is none.</summary>
    public static int? Number(JsonElement dataSet, string tag) =>
        Values(dataSet, tag).FirstOrDefault() switch
        {
            { ValueKind: JsonValueKind.Number } v when v.TryGetInt32(out int n) => n,
            { ValueKind: JsonValueKind.String } v
                when int.TryParse(v.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int n) => n,
            _ => null,
        };

    /// <summary>The first value as a date; null when it is absent or none.</summary>
    public static DateOnly? Date(JsonElement dataSet, string tag) =>
        DateOnly.TryParseExact(
            Text(dataSet, tag),
            ["yyyyMMdd", "yyyy.MM.dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly date
        )
            ? date
            : null;

    /// <summary>The first value if it can stand in an address: digits and dots, at most 64.</summary>
    public static string? Uid(JsonElement dataSet, string tag) =>
        Text(dataSet, tag) is { Length: <= 64 } text && IsUid(text) ? text : null;

    /// <summary>Whether it is digits and dots, at most 64 (laxer than PS3.5 section 9: real archives hold leading zeros).</summary>
    public static bool IsUid(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiDigit(c) || c == '.') && text.Any(char.IsAsciiDigit);
}
