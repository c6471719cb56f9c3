using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>
/// Simonyan and Zisserman, "Very Deep Convolutional Networks" (2014), configuration D without batch normalisation, as
/// torchvision builds it, without its classifier. Our head takes the mean of each of the 512 channels instead of 7 x 7
/// positions: docs/adr/0006-pretrained-networks.md.
/// </summary>
internal sealed class Vgg16 : ClassifierNetwork
{
    private readonly Vgg16Features _features;

    public Vgg16(int embeddingSize, double dropout)
        : base("vgg16", Vgg16Features.Outputs, embeddingSize, dropout) =>
        _features = Register("features", new Vgg16Features());

    /// <summary>The last six of the thirteen convolutions: 46 % of the multiplications.</summary>
    internal override IEnumerable<nn.Module> TolerantParts => _features.Convolutions.TakeLast(6);

    internal override FirstLayer FirstLayer => new(_features.Convolutions[0], norm: null);

    internal override Tensor Maps(Tensor input) => _features.call(input);
}
