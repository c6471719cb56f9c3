using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

/// <summary>What torchvision gives for the formula's weights and input.</summary>
/// <param name="Logits">Of both images.</param>
/// <param name="Embedding">Of both images.</param>
/// <param name="Grey">
/// The first layer's response (convolution and normalisation), in the middle, to the first image's first channel as grey
/// RGB, normalised as ImageNet's images are.
/// </param>
internal sealed record OracleOutputs(double[] Logits, double[] Embedding, double[] Grey)
{
    private const double Relative = 1e-4;

    /// <summary>Outputs within 1e-4 of the largest.</summary>
    public void AssertGivenBy(ClassifierNetwork network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        (Tensor logits, Tensor embedding) = network.ForwardBoth(Formula.Input());
        AssertClose(Logits, logits);
        AssertClose(Embedding, embedding);
    }

    /// <summary>The first layer's response to [grey image, any lung map, zeros], within 1e-4 of the largest.</summary>
    public void AssertGreyGivenBy(ClassifierNetwork network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor pair = Formula.Input().narrow(0, 0, 1);
        Tensor input = cat([pair.narrow(1, 0, 2), zeros_like(pair.narrow(1, 0, 1))], 1);
        Tensor response = network.FirstLayer.Respond(input);
        long middle = response.shape[^1] / 2;
        AssertClose(Grey, response[0, TensorIndex.Colon, middle, middle]);
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        double[] values = actual.to(float64).flatten().data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        double largest = expected.Zip(values, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
        Assert.True(largest < Relative, $"largest relative difference {largest}");
    }
}
