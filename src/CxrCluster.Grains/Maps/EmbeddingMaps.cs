using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Maps;

/// <summary>The latest map of each model, as JSON in the blob store.</summary>
public sealed class EmbeddingMaps(IBlobStore blobs)
{
    /// <summary>Null when none was made, or it cannot be read: it is only a picture, and is made again.</summary>
    public async Task<EmbeddingMap?> ReadAsync(ModelId model, CancellationToken cancellationToken)
    {
        if (await blobs.GetAsync(BlobKeys.Map(model), cancellationToken) is not { } bytes)
            return null;
        try
        {
            return JsonSerializer.Deserialize<EmbeddingMap>(bytes, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the model's map.</summary>
    public Task WriteAsync(EmbeddingMap map, CancellationToken cancellationToken) =>
        blobs.PutAsync(
            BlobKeys.Map(map.Model),
            JsonSerializer.SerializeToUtf8Bytes(map, JsonSerializerOptions.Web),
            cancellationToken
        );
}
