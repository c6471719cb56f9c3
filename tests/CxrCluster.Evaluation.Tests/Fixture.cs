using System.Text.Json;

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
}
