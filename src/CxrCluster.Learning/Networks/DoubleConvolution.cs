using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Twice: 3x3 convolution, batch normalisation, ReLU. One level of a U-net.</summary>
internal sealed class DoubleConvolution : NamedModule<Tensor>, IFoldable
{
    private readonly ConvNorm _first;
    private readonly ConvNorm _second;

    public DoubleConvolution(long inputs, long outputs)
        : base(nameof(DoubleConvolution))
    {
        _first = ConvNorm.On(this, ("conv1", "bn1"), inputs, outputs, 3);
        _second = ConvNorm.On(this, ("conv2", "bn2"), outputs, outputs, 3);
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_first, _second];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _second.ApplyRelu(_first.ApplyRelu(input)).MoveToOuterDisposeScope();
    }
}
