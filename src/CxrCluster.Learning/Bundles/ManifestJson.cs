using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CxrCluster.Learning.Bundles;

/// <summary>How model.json is written, read and hashed.</summary>
internal static class ManifestJson
{
    private const string VersionProperty = "version";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>camelCase, enums as text, null refused where the type does.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            MaxDepth = 16,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

    /// <summary>
    /// The manifest without its version, in a form that layout and indentation do not change: what the version hashes.
    /// It works on the text, not on the record, so a field that this build does not know is covered as well.
    /// </summary>
    /// <exception cref="JsonException">Not a JSON object.</exception>
    public static byte[] HashedPart(ReadOnlySpan<byte> json)
    {
        JsonObject manifest =
            JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw new JsonException("not a JSON object");
        manifest.Remove(VersionProperty);
        return JsonSerializer.SerializeToUtf8Bytes(manifest);
    }
}
