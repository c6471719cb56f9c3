using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Blobs;

/// <summary>Where things lie in the blob store.</summary>
public static class BlobKeys
{
    /// <summary>An image as it came, addressed by its content, within its hospital.</summary>
    public static string Image(HospitalId hospital, string sha256) => $"images/{hospital}/{sha256}";

    /// <summary>A file of a model bundle ("model.json", "classifier.safetensors", "segmenter.safetensors").</summary>
    public static string Model(ModelId model, string file) => $"models/{model.Name}/{model.Version}/{file}";
}
