using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>Lung maps as training keeps them.</summary>
internal static class LungMaps
{
    /// <summary>Lung probability times 255 of every image, in 8 bits, at the images' side.</summary>
    /// <param name="images">All of one side; one batch.</param>
    /// <param name="segmenter">Its network must be on <paramref name="device"/>.</param>
    public static IReadOnlyList<SquareImage> Of(
        IReadOnlyList<SquareImage> images,
        SegmenterFile segmenter,
        Device device
    )
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        segmenter.Network.eval();
        var input = NetworkInput.FromSquares(images).to(device);
        var probability = NetworkInput.LungProbability(segmenter.Network, input, segmenter.Side);
        var pixels = probability.mul_(Scalars.White).round_().to(uint8).cpu().data<byte>().ToArray();
        return [.. pixels.Chunk(images[0].Pixels.Length).Select(map => new SquareImage(images[0].Side, map))];
    }
}
