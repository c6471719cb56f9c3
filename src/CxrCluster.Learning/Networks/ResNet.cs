using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>He et al., "Deep Residual Learning for Image Recognition" (2015), as torchvision builds it, without its fc.</summary>
internal sealed class ResNet : ClassifierNetwork, IFoldable
{
    private readonly ConvNorm _stem;
    private readonly List<nn.Module> _layers = [];
    private readonly List<nn.Module<Tensor, Tensor>> _blocks = [];

    public ResNet(string architecture, int[] blocksPerLayer, bool bottleneck, int embeddingSize, double dropout)
        : base(architecture, 512 * (bottleneck ? Bottleneck.Expansion : 1), embeddingSize, dropout)
    {
        _stem = ConvNorm.On(this, ("conv1", "bn1"), 3, 64, kernel: 7, stride: 2);
        long inputs = 64;
        for (int layer = 0; layer < blocksPerLayer.Length; layer++)
        {
            long width = 64L << layer;
            var blocks = nn.Sequential();
            for (int block = 0; block < blocksPerLayer[layer]; block++)
            {
                int stride = block == 0 && layer > 0 ? 2 : 1;
                nn.Module<Tensor, Tensor> module = bottleneck
                    ? new Bottleneck(inputs, width, stride)
                    : new BasicBlock(inputs, width, stride);
                blocks.append(block.ToString(), module);
                _blocks.Add(module);
                inputs = width * (bottleneck ? Bottleneck.Expansion : 1);
            }
            _layers.Add(Register($"layer{layer + 1}", blocks));
        }
    }

    public IReadOnlyList<ConvNorm> ConvNorms => [_stem];

    /// <summary>The last two of the four layers: 56 % of ResNet-50's multiplications, a tenth of the rounding's effect.</summary>
    internal override IEnumerable<nn.Module> TolerantParts => _layers[2..];

    internal override FirstLayer FirstLayer => _stem.AsFirstLayer();

    internal override Tensor Maps(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.max_pool2d(_stem.ApplyRelu(input), kernel_size: 3, stride: 2, padding: 1);
        foreach (nn.Module<Tensor, Tensor> block in _blocks)
        {
            Tensor next = block.call(x);
            x.Dispose();
            x = next;
        }
        return x.MoveToOuterDisposeScope();
    }
}
