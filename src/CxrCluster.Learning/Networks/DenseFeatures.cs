using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>The convolutional part of DenseNet-121: a stem, four dense blocks with a transition between them, a normalisation.</summary>
internal sealed class DenseFeatures : NamedModule<Tensor>, IFoldable
{
    /// <summary>Channels of the last map.</summary>
    public const int Outputs = 1024;

    private const int StemWidth = 64;
    private static readonly int[] LayersPerBlock = [6, 12, 24, 16];
    private readonly ConvNorm _stem;
    private readonly List<NamedModule<Tensor>> _parts = [];
    private readonly BatchNorm2d _norm;

    public DenseFeatures()
        : base(nameof(DenseFeatures))
    {
        _stem = ConvNorm.On(this, ("conv0", "norm0"), 3, StemWidth, kernel: 7, stride: 2);
        long width = StemWidth;
        for (int block = 1; block <= LayersPerBlock.Length; block++)
        {
            if (block > 1)
            {
                _parts.Add(Register($"transition{block - 1}", new DenseTransition(width, width / 2)));
                width /= 2;
            }
            DenseBlock dense = Register($"denseblock{block}", new DenseBlock(width, LayersPerBlock[block - 1]));
            _parts.Add(dense);
            width = dense.Outputs;
        }
        _norm = Register("norm5", Normalising.Create(width));
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_stem];

    public FirstLayer FirstLayer => _stem.AsFirstLayer();

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.max_pool2d(_stem.ApplyRelu(input), kernel_size: 3, stride: 2, padding: 1);
        foreach (NamedModule<Tensor> part in _parts)
        {
            Tensor next = part.call(x);
            x.Dispose();
            x = next;
        }
        return Normalising.Apply(_norm, x).relu_().MoveToOuterDisposeScope();
    }
}
