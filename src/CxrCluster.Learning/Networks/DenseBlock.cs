using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Layers that each see the maps of all before them and add a few of their own.</summary>
internal sealed class DenseBlock : NamedModule<Tensor>
{
    private readonly List<DenseLayer> _layers = [];

    public DenseBlock(long inputs, int layers)
        : base(nameof(DenseBlock))
    {
        Outputs = inputs + layers * DenseLayer.Growth;
        for (int i = 0; i < layers; i++)
            _layers.Add(Register($"denselayer{i + 1}", new DenseLayer(inputs + i * DenseLayer.Growth)));
    }

    /// <summary>Channels of the result.</summary>
    public long Outputs { get; }

    public override Tensor forward(Tensor input)
    {
        Tensor all = input.alias();
        foreach (DenseLayer layer in _layers)
        {
            using Tensor before = all;
            using Tensor added = layer.call(before);
            all = cat([before, added], 1);
        }
        return all;
    }
}
