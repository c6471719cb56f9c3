using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// Huang et al., "Densely Connected Convolutional Networks" (2016), the network of CheXpert, as torchvision builds it,
/// without its classifier.
/// </summary>
internal sealed class DenseNet121 : ClassifierNetwork
{
    private readonly DenseFeatures _features;

    public DenseNet121(int embeddingSize, double dropout)
        : base("densenet121", DenseFeatures.Outputs, embeddingSize, dropout) =>
        _features = Register("features", new DenseFeatures());

    /// <summary>None: its many small convolutions gain nothing that could be measured (docs/inference.md).</summary>
    internal override IEnumerable<nn.Module> TolerantParts => [];

    internal override FirstLayer FirstLayer => _features.FirstLayer;

    internal override Tensor Maps(Tensor input) => _features.call(input);
}
