using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Random starting weights from a generator of one's own, so that equal seeds give equal networks.</summary>
public static class Initialisation
{
    /// <summary>
    /// Fills <paramref name="module" />, which must be on the CPU: convolutions normal with variance 2 / fan-out (He et
    /// al. 2015), linear layers uniform within 1 / sqrt(fan-in), biases of convolutions 0, normalisations 1 and 0.
    /// </summary>
    public static void Seeded(nn.Module module, Generator generator)
    {
        using IDisposable noGrad = no_grad();
        foreach (nn.Module part in module.modules())
            switch (part)
            {
                case Convolution convolution:
                    long fanOut =
                        convolution.Weight.shape[0] * convolution.Weight.shape[2] * convolution.Weight.shape[3];
                    convolution.Weight.normal_(0, Math.Sqrt(2.0 / fanOut), generator);
                    convolution.Bias?.zero_();
                    break;
                case Linear linear:
                    double bound = 1 / Math.Sqrt(linear.weight!.shape[1]);
                    linear.weight.uniform_(-bound, bound, generator);
                    linear.bias?.uniform_(-bound, bound, generator);
                    break;
                case BatchNorm2d norm:
                    norm.weight!.fill_(Scalars.One);
                    norm.bias!.zero_();
                    norm.running_mean!.zero_();
                    norm.running_var!.fill_(Scalars.One);
                    break;
                default:
                    break;
            }
    }
}
