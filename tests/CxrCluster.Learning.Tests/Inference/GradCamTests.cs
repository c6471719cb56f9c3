using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Inference;

public class GradCamTests
{
    private const int Side = 12;

    [Theory]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    [InlineData("resnet152")]
    [InlineData("vgg16")]
    [InlineData("densenet121")]
    public void Of_EveryArchitecture_EqualsFiniteDifferencesOfTheHead(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier(architecture, seed: 4);
        using IDisposable inference = inference_mode();
        Tensor maps = network.Maps(TestNetworks.Uniform(5, 2, 3, 96, 128));
        Assert.Equal([2L, 3L, 4L], [maps.shape[0], maps.shape[2], maps.shape[3]]);

        // equal sides: no resizing between the heat and its oracle
        Tensor square = maps[TensorIndex.Ellipsis, ..3];
        Tensor heat = GradCam.Of(network, square, 3);

        for (int image = 0; image < 2; image++)
        {
            double[] expected = Oracle(network, square[image]);
            double[] actual = [.. heat[image].contiguous().data<float>().Select(value => (double)value)];
            Assert.Equal(1, actual.Max());
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    [Fact]
    public void Of_NothingSpeaksForIt_IsZeroEverywhere()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier();
        using IDisposable inference = inference_mode();
        Tensor nothing = zeros(1, 512, 3, 3);
        Tensor broken = full([1, 512, 3, 3], float.NaN);
        Tensor usual = TestNetworks.Uniform(6, 1, 512, 3, 3);

        Tensor heat = GradCam.Of(network, cat([nothing, usual, broken]), Side);

        Assert.Equal(0, heat[0].max().item<float>());
        Assert.Equal(1, heat[1].max().item<float>());
        Assert.Equal(0, heat[2].max().item<float>());
    }

    [Fact]
    public void Of_OneCellOfEvidence_PeaksThereAndFallsAround()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier();
        using IDisposable inference = inference_mode();
        Tensor maps = zeros(1, 512, 4, 4);
        // whether a channel speaks for or against it is the head's affair: one of the two lights up
        Tensor forIt = maps.clone();
        forIt[0, .., 1, 2] = TestNetworks.Uniform(7, 512);
        Tensor heat = GradCam.Of(network, forIt, 16);
        if (heat.max().item<float>() == 0)
        {
            using IDisposable noGrad = no_grad();
            network.get_parameter("head.2.weight")!.neg_();
            heat = GradCam.Of(network, forIt, 16);
        }

        long peak = heat.flatten().argmax().item<long>();

        Assert.InRange(peak / 16, 4, 7);
        Assert.InRange(peak % 16, 8, 11);
        Assert.Equal(0, heat[0, 0, 15, 0].item<float>());
    }

    /// <summary>
    /// Grad-CAM from its definition in double precision: the log odds of the head, written out, differentiated by central
    /// differences over each channel's mean (the head is piecewise linear, so they are exact up to its kinks).
    /// </summary>
    private static double[] Oracle(ClassifierNetwork network, Tensor maps)
    {
        (int channels, int cells) = ((int)maps.shape[0], (int)(maps.shape[1] * maps.shape[2]));
        float[] values = maps.contiguous().data<float>().ToArray();
        double[] means =
        [
            .. Enumerable.Range(0, channels).Select(k => values.Skip(k * cells).Take(cells).Average(v => (double)v)),
        ];
        // random deep networks have large maps, and a step must not drown in their rounding
        double step = 1e-5 * means.Average();
        (double[] Weight, double[] Bias)[] layers =
        [
            .. Enumerable.Range(0, 3).Select(i => (Values($"head.{i}.weight"), Values($"head.{i}.bias"))),
        ];
        double[] heat = new double[cells];
        // the first layer is linear: a step in one mean moves its sums by that column
        double[] sums = Linear(layers[0], means);
        for (int k = 0; k < channels; k++)
        {
            double weight = (LogOdds(k, step) - LogOdds(k, -step)) / (2 * step);
            for (int cell = 0; cell < cells; cell++)
                heat[cell] += weight * values[k * cells + cell];
        }
        double peak = heat.Max();
        return [.. heat.Select(value => Math.Max(0, value) / peak)];

        double LogOdds(int channel, double by)
        {
            double[] hidden = [.. sums.Select((sum, row) => sum + by * layers[0].Weight[row * channels + channel])];
            double[] logits = Linear(layers[2], Relu(Linear(layers[1], Relu(hidden))));
            return logits[1] - logits[0];
        }

        double[] Values(string name) =>
            [.. network.get_parameter(name)!.contiguous().data<float>().Select(value => (double)value)];
    }

    private static double[] Linear((double[] Weight, double[] Bias) layer, double[] input)
    {
        double[] output = [.. layer.Bias];
        for (int row = 0; row < output.Length; row++)
        for (int column = 0; column < input.Length; column++)
            output[row] += layer.Weight[row * input.Length + column] * input[column];
        return output;
    }

    private static double[] Relu(double[] values) => [.. values.Select(value => Math.Max(0, value))];
}
