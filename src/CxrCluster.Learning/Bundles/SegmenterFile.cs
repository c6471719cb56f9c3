using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;

namespace CxrCluster.Learning.Bundles;

/// <summary>A lung segmenter alone in one safetensors file; shape, side and preprocessing stand in its metadata.</summary>
/// <param name="Network">On the CPU; the owner disposes it.</param>
/// <param name="Preprocessing">How its training images were prepared; its side is the side the U-net runs at.</param>
public sealed record SegmenterFile(UNet Network, PreprocessingOptions Preprocessing)
{
    /// <summary>Side the U-net runs at.</summary>
    public int Side => Preprocessing.Side;

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) => throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Reads a file; the network is in evaluation mode.</summary>
    /// <exception cref="Weights.InvalidWeightsException">The file is absent, damaged, or no segmenter.</exception>
    public static SegmenterFile Read(string path) => throw new NotSupportedException("Comes with the next landing.");
}
