using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxrCluster.Evaluation.Tests;

/// <summary>Committed answers of other implementations; Fixtures/make_*.py made them.</summary>
internal static class Fixture
{
    /// <summary>A JSON file of Fixtures.</summary>
    public static T Load<T>(string file) =>
        JsonSerializer.Deserialize<T>(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)),
            JsonSerializerOptions.Web
        )!;

    /// <summary>The words of a page: base64 of pictures can spell anything.</summary>
    public static string WithoutPictures(string html) =>
        Regex.Replace(html, "base64,[^\"]+", "", RegexOptions.None, TimeSpan.FromSeconds(5));
}
