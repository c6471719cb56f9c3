using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Hospitals by name, or all: in JSON a list of ids, or the word "all".</summary>
/// <param name="Named">Null for all.</param>
[JsonConverter(typeof(Converter))]
public sealed record HospitalSelection(IReadOnlyList<HospitalId>? Named)
{
    private const string AllWord = "all";

    internal sealed class Converter : JsonConverter<HospitalSelection>
    {
        public override HospitalSelection Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(AllWord))
                return new HospitalSelection((IReadOnlyList<HospitalId>?)null);
            if (reader.TokenType == JsonTokenType.StartArray)
                return new HospitalSelection(JsonSerializer.Deserialize<List<HospitalId>>(ref reader, options));
            throw new JsonException("hospitals is neither a list of hospital ids nor the word \"all\".");
        }

        public override void Write(Utf8JsonWriter writer, HospitalSelection value, JsonSerializerOptions options)
        {
            if (value.Named is null)
                writer.WriteStringValue(AllWord);
            else
                JsonSerializer.Serialize(writer, value.Named, options);
        }
    }
}
