using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>The 1x1 convolution on a residual block's shortcut, where the block changes resolution or width.</summary>
internal sealed class Projection : NamedModule<Tensor>, IFoldable
{
    private readonly ConvNorm _pair;

    private Projection(long inputs, long outputs, int stride)
        : base(nameof(Projection)) => _pair = ConvNorm.On(this, ("0", "1"), inputs, outputs, 1, stride);

    public IReadOnlyList<ConvNorm> ConvNorms => [_pair];

    /// <summary>Registers a projection as "downsample" on the block, or returns null when the shortcut is the identity.</summary>
    public static Projection? WhenNeeded(NamedModule<Tensor> block, long inputs, long outputs, int stride)
    {
        if (stride == 1 && inputs == outputs)
            return null;
        return block.Register("downsample", new Projection(inputs, outputs, stride));
    }

    public override Tensor forward(Tensor input) => _pair.Apply(input);
}
