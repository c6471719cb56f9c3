using System.Text.Json;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Bundles;

/// <summary>A lung segmenter alone in one safetensors file; shape and preprocessing stand in its metadata.</summary>
/// <param name="Network">The U-net; the owner disposes it.</param>
/// <param name="Preprocessing">How its training images were prepared; its side is the side the U-net runs at.</param>
public sealed record SegmenterFile(UNet Network, PreprocessingOptions Preprocessing)
{
    private const string ShapeKey = "unet.shape";
    private const string PreprocessingKey = "unet.preprocessing";

    /// <summary>Side the U-net runs at.</summary>
    public int Side => Preprocessing.Side;

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) =>
        SafeTensors.Write(
            path,
            Network.state_dict(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ShapeKey] = JsonSerializer.Serialize(Network.Shape, ManifestJson.Options),
                [PreprocessingKey] = JsonSerializer.Serialize(Preprocessing, ManifestJson.Options),
            }
        );

    /// <summary>Reads a file; the network is on the CPU, in evaluation mode.</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged, or no segmenter.</exception>
    public static SegmenterFile Read(string path)
    {
        IReadOnlyDictionary<string, string> metadata = SafeTensors.ReadMetadata(path);
        UNetShape shape = Parse<UNetShape>(path, metadata, ShapeKey);
        PreprocessingOptions preprocessing = Parse<PreprocessingOptions>(path, metadata, PreprocessingKey);
        string[] problems = [.. preprocessing.Validate(), .. shape.ValidateFor(preprocessing.Side)];
        if (problems.Length > 0)
            throw new InvalidWeightsException($"{path} holds no usable lung segmenter: {string.Join(" ", problems)}");

        UNet network = new(shape);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            StrictLoading.Load(network, SafeTensors.Read(path), path);
            network.eval();
            return new SegmenterFile(network, preprocessing);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static T Parse<T>(string path, IReadOnlyDictionary<string, string> metadata, string key)
        where T : class
    {
        try
        {
            if (
                metadata.TryGetValue(key, out string? json)
                && JsonSerializer.Deserialize<T>(json, ManifestJson.Options) is { } value
            )
                return value;
        }
        catch (JsonException error)
        {
            throw new InvalidWeightsException(
                $"{path}: the metadata '{key}' is not valid ({error.Message.TrimEnd('.')}). Train or copy the segmenter again.",
                error
            );
        }
        throw new InvalidWeightsException(
            $"{path} is no lung segmenter: the metadata '{key}' is missing. Pass a file written by 'cxr train segmenter'."
        );
    }
}
