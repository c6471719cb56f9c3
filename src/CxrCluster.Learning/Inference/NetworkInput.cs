using CxrCluster.Imaging;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Inference;

/// <summary>The classifier's input from 8-bit squares; training and inference build it the same way.</summary>
public static class NetworkInput
{
    /// <summary>N x 1 x S x S float32 in [0, 1] on the CPU; all squares must have the same side.</summary>
    public static Tensor FromSquares(IReadOnlyList<SquareImage> squares)
    {
        int side = squares[0].Side;
        if (squares.FirstOrDefault(square => square.Side != side) is { } other)
            throw new ArgumentException(
                $"One batch holds images of side {side} and {other.Side}: prepare all with the same preprocessing.",
                nameof(squares)
            );
        using DisposeScope scope = NewDisposeScope();
        byte[] pixels = new byte[squares.Count * side * side];
        for (int i = 0; i < squares.Count; i++)
            squares[i].Pixels.CopyTo(pixels, i * side * side);
        return tensor(pixels, [squares.Count, 1, side, side]).to(float32).div_(Scalars.White).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Lung probability N x 1 x S x S in [0, 1] of images of the same shape. The U-net runs at its own side; resizing is
    /// bilinear, with a low-pass filter where it shrinks.
    /// </summary>
    public static Tensor LungProbability(UNet segmenter, Tensor images, int segmenterSide)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor probability = segmenter.call(Resize(images, segmenterSide)).sigmoid();
        return Resize(probability, images.shape[2]).MoveToOuterDisposeScope();
    }

    /// <summary>N x 3 x S x S: image, lung probability, zeros.</summary>
    public static Tensor Stack(Tensor images, Tensor lungs)
    {
        using Tensor nothing = zeros_like(images);
        return cat([images, lungs, nothing], 1);
    }

    private static Tensor Resize(Tensor images, long side) =>
        images.shape[2] == side
            ? images
            : F.interpolate(
                images,
                size: [side, side],
                mode: InterpolationMode.Bilinear,
                align_corners: false,
                antialias: side < images.shape[2]
            );
}
