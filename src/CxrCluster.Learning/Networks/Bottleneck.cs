using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// The residual block of ResNet-50 and deeper: 1x1, 3x3 (which carries the stride, as torchvision does), 1x1.
/// Outputs = 4 x width.
/// </summary>
internal sealed class Bottleneck : NamedModule<Tensor>, IFoldable
{
    /// <summary>Outputs per unit of width.</summary>
    public const int Expansion = 4;

    private readonly ConvNorm _first;
    private readonly ConvNorm _second;
    private readonly ConvNorm _third;
    private readonly Projection? _downsample;

    public Bottleneck(long inputs, long width, int stride)
        : base(nameof(Bottleneck))
    {
        _first = ConvNorm.On(this, ("conv1", "bn1"), inputs, width, 1);
        _second = ConvNorm.On(this, ("conv2", "bn2"), width, width, 3, stride);
        _third = ConvNorm.On(this, ("conv3", "bn3"), width, Expansion * width, 1);
        _downsample = Projection.WhenNeeded(this, inputs, Expansion * width, stride);
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_first, _second, _third];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor residual = _third.Apply(_second.ApplyRelu(_first.ApplyRelu(input)));
        Tensor identity = _downsample?.call(input) ?? input;
        return residual.add_(identity, Scalars.One).relu_().MoveToOuterDisposeScope();
    }
}
