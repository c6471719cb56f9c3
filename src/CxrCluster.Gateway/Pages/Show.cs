using System.Globalization;
using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Pages;

/// <summary>How the pages write things.</summary>
internal static class Show
{
    /// <summary>"83.4 %".</summary>
    public static string Percent(double share) => share.ToString("P1", Culture);

    /// <summary>"2026-07-01 14:05 UTC".</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", Culture);

    /// <summary>"1,234".</summary>
    public static string Count(int number) => number.ToString("N0", Culture);

    /// <summary>"resnet50-v1@ab12cd34": enough of the version to tell two apart.</summary>
    public static string Model(ModelId model) => $"{model.Name}@{model.Version[..Math.Min(8, model.Version.Length)]}";

    /// <summary>What the model says, in a word.</summary>
    public static string Label(int? label) =>
        label switch
        {
            1 => "positive",
            0 => "negative",
            _ => "unknown",
        };

    /// <summary>Address of an image's page.</summary>
    public static string ImagePage(HospitalId hospital, SopInstanceUid uid) => $"/images/{hospital}/{uid}";

    /// <summary>Address of an image's picture or layer.</summary>
    public static string Picture(HospitalId hospital, SopInstanceUid uid, string what) =>
        $"/api/v1/images/{hospital}/{uid}/{what}";

    /// <summary>Address of the small picture in lists.</summary>
    public static string Thumbnail(HospitalId hospital, SopInstanceUid uid) =>
        Picture(hospital, uid, $"preview?side={Images.Pictures.Thumbnail}");

    private static CultureInfo Culture => CultureInfo.InvariantCulture;
}
