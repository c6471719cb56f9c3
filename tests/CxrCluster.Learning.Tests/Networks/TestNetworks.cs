using CxrCluster.Learning.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

/// <summary>Networks as training leaves them: weights of the right scale and normalisation statistics that are not 0 and 1.</summary>
internal static class TestNetworks
{
    public static UNet UNet(UNetShape? shape = null, int seed = 1) => Randomise(new UNet(shape ?? new(3, 8)), seed);

    public static ClassifierNetwork Classifier(string architecture = "resnet34", int seed = 1) =>
        Randomise(ClassifierNetwork.Create(architecture), seed);

    public static T Randomise<T>(T module, int seed)
        where T : nn.Module
    {
        using Generator generator = new((ulong)seed);
        using IDisposable noGrad = no_grad();
        Initialisation.Seeded(module, generator);
        foreach (BatchNorm2d norm in module.modules().OfType<BatchNorm2d>())
        {
            norm.weight!.uniform_(0.8, 1.2, generator);
            norm.bias!.uniform_(-0.1, 0.1, generator);
            norm.running_mean!.uniform_(-0.25, 0.25, generator);
            norm.running_var!.uniform_(0.5, 2, generator);
        }
        module.eval();
        return module;
    }

    /// <summary>Seeded uniform values in [0, 1).</summary>
    public static Tensor Uniform(int seed, params long[] shape)
    {
        using Generator generator = new((ulong)seed);
        return rand(shape, generator: generator);
    }

    /// <summary>The largest absolute difference in units of the largest absolute value.</summary>
    public static double RelativeDifference(Tensor expected, Tensor actual) =>
        MaxDifference(expected, actual) / MaxDifference(expected, zeros_like(expected));

    /// <summary>The largest absolute difference.</summary>
    public static double MaxDifference(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        return (a.to(float64) - b.to(float64)).abs().max().item<double>();
    }
}
