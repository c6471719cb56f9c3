using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Networks;

/// <summary>Normalisation, ReLU, 1x1 convolution to half the channels, mean over 2x2: what stands between dense blocks.</summary>
internal sealed class DenseTransition : NamedModule<Tensor>
{
    private readonly BatchNorm2d _norm;
    private readonly Convolution _convolution;

    public DenseTransition(long inputs, long outputs)
        : base(nameof(DenseTransition))
    {
        _norm = Register("norm", Normalising.Create(inputs));
        _convolution = Register("conv", new Convolution(inputs, outputs, 1));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor normalised = Normalising.Apply(_norm, input).relu_();
        using Tensor convolved = _convolution.call(normalised);
        return F.avg_pool2d(convolved, 2, 2);
    }
}
