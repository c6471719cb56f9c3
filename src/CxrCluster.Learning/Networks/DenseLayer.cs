using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// Normalisation, ReLU, 1x1 convolution, normalisation, ReLU, 3x3 convolution. The second normalisation folds into the
/// convolution before it; the first has the maps of many layers before it and stays.
/// </summary>
internal sealed class DenseLayer : NamedModule<Tensor>, IFoldable
{
    /// <summary>Channels that a layer adds.</summary>
    public const int Growth = 32;

    private const int Bottleneck = 4 * Growth;
    private readonly BatchNorm2d _norm;
    private readonly ConvNorm _reduce;
    private readonly Convolution _grow;

    public DenseLayer(long inputs)
        : base(nameof(DenseLayer))
    {
        _norm = Register("norm1", Normalising.Create(inputs));
        _reduce = ConvNorm.On(this, ("conv1", "norm2"), inputs, Bottleneck, 1);
        _grow = Register("conv2", new Convolution(Bottleneck, Growth, 3));
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_reduce];

    public override Tensor forward(Tensor input)
    {
        using Tensor normalised = Normalising.Apply(_norm, input).relu_();
        using Tensor reduced = _reduce.ApplyRelu(normalised);
        return _grow.call(reduced);
    }
}
