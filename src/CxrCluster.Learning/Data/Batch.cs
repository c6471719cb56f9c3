using CxrCluster.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>Makes network inputs from 8-bit squares.</summary>
internal static class Batch
{
    /// <summary>Stacks squares of one side, a list per image and a square per channel.</summary>
    /// <returns>N x C x S x S, float32 in [0, 1] (gray / 255).</returns>
    public static Tensor Of(IReadOnlyList<SquareImage[]> images, Device device)
    {
        var (channels, side) = (images[0].Length, images[0][0].Side);
        var plane = side * side;
        var pixels = new byte[images.Count * channels * plane];
        for (var i = 0; i < images.Count * channels; i++)
        {
            images[i / channels][i % channels].Pixels.CopyTo(pixels, i * plane);
        }

        using var scope = NewDisposeScope();
        return (
            tensor(pixels, [images.Count, channels, side, side], device: device).to(float32) / 255
        ).MoveToOuterDisposeScope();
    }

    /// <summary>The same values with channels innermost in memory, which oneDNN's convolutions run faster on.</summary>
    public static Tensor ChannelsLast(Tensor batch) => batch.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
