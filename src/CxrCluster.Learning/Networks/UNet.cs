using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// The lung segmenter: Ronneberger, Fischer and Brox, "U-Net" (2015), with batch normalisation, "same" padding and
/// bilinear upsampling. Input N x 1 x H x W in [0, 1], output logits N x 1 x H x W in float32 (sigmoid gives the
/// probability of lung); H and W divisible by <see cref="UNetShape.Stride" />. Weights are zero until
/// <see cref="Initialisation.Seeded" /> or a weights file fills them.
/// </summary>
public sealed class UNet : NamedModule<Tensor>
{
    private readonly List<DoubleConvolution> _down = [];
    private readonly List<Convolution> _reduce = [];
    private readonly List<DoubleConvolution> _up = [];
    private readonly Convolution _output;

    /// <summary>Builds the network on the CPU.</summary>
    /// <exception cref="ArgumentException">The shape is out of range.</exception>
    public UNet(UNetShape shape)
        : base(nameof(UNet))
    {
        if (shape.Validate().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(shape));
        Shape = shape;
        long width(int level) => (long)shape.BaseWidth << level;

        for (int level = 0; level < shape.Depth; level++)
            _down.Add(Register($"down{level}", new DoubleConvolution(level == 0 ? 1 : width(level - 1), width(level))));
        for (int level = shape.Depth - 2; level >= 0; level--)
        {
            _reduce.Add(Register($"reduce{level}", new Convolution(width(level + 1), width(level), 1, bias: true)));
            _up.Add(Register($"up{level}", new DoubleConvolution(width(level + 1), width(level))));
        }
        _output = Register("output", new Convolution(width(0), 1, 1, bias: true));
    }

    /// <summary>Depth and width it was built with.</summary>
    public UNetShape Shape { get; }

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        if (input.shape is not [_, 1, var height, var width] || height % Shape.Stride != 0 || width % Shape.Stride != 0)
            throw new ArgumentException(
                $"The U-net got a tensor of shape [{string.Join(", ", input.shape)}]: it needs N x 1 x H x W with H "
                    + $"and W divisible by {Shape.Stride}.",
                nameof(input)
            );
        using DisposeScope scope = NewDisposeScope();
        Stack<Tensor> skips = new();
        Tensor x = _down[0].call(input);
        foreach (DoubleConvolution down in _down.Skip(1))
        {
            skips.Push(x);
            x = down.call(F.max_pool2d(x, 2, 2));
        }
        foreach ((Convolution reduce, DoubleConvolution up) in _reduce.Zip(_up))
            x = Join(skips.Pop(), x, reduce, up);
        return _output.call(x).MoveToOuterDisposeScope();
    }

    /// <summary>Reduces the channels first and upsamples then: the 1x1 convolution costs a quarter at the lower level.</summary>
    private static Tensor Join(Tensor skip, Tensor below, Convolution reduce, DoubleConvolution up)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor reduced = reduce.call(below);
        Tensor upsampled = F.interpolate(
            reduced,
            size: skip.shape[2..],
            mode: InterpolationMode.Bilinear,
            align_corners: false
        );
        Tensor joined = up.call(cat([skip, upsampled], 1)).MoveToOuterDisposeScope();
        skip.Dispose();
        below.Dispose();
        return joined;
    }
}
