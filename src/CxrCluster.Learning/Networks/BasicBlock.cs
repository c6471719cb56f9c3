using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>The residual block of ResNet-18 and 34: two 3x3 convolutions. Outputs = width.</summary>
internal sealed class BasicBlock : NamedModule<Tensor>, IFoldable
{
    private readonly ConvNorm _first;
    private readonly ConvNorm _second;
    private readonly Projection? _downsample;

    public BasicBlock(long inputs, long width, int stride)
        : base(nameof(BasicBlock))
    {
        _first = ConvNorm.On(this, ("conv1", "bn1"), inputs, width, 3, stride);
        _second = ConvNorm.On(this, ("conv2", "bn2"), width, width, 3);
        _downsample = Projection.WhenNeeded(this, inputs, width, stride);
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_first, _second];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor residual = _second.Apply(_first.ApplyRelu(input));
        Tensor identity = _downsample?.call(input) ?? input;
        return residual.add_(identity, Scalars.One).relu_().MoveToOuterDisposeScope();
    }
}
