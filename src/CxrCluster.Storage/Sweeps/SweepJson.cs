using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrCluster.Storage.Sweeps;

/// <summary>How the columns of JSON are written. Losses may be NaN: that is what there is to see.</summary>
internal static class SweepJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new InvalidOperationException(
            $"A column of type {typeof(T).Name} holds no value: the catalogue is damaged."
        );
}
