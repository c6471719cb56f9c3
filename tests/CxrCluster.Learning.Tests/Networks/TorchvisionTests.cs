using System.Text.Json;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

/// <summary>The oracle is torchvision itself: Fixtures/make_torchvision.py wrote its names and outputs.</summary>
public class TorchvisionTests
{
    [Theory]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    [InlineData("resnet152")]
    public void StateDict_OfClassifier_HasTorchvisionsNamesAndShapes(string architecture)
    {
        var expected = Fixture<Dictionary<string, Dictionary<string, long[]>>>("torchvision_names.json")[architecture];
        using ClassifierNetwork network = ClassifierNetwork.Create(architecture, embeddingSize: 24);
        long features = architecture == "resnet34" ? 512 : 2048;
        (string, long[])[] head =
        [
            ("head.0.weight", [512, features]),
            ("head.0.bias", [512]),
            ("head.1.weight", [24, 512]),
            ("head.1.bias", [24]),
            ("head.2.weight", [2, 24]),
            ("head.2.bias", [2]),
        ];
        foreach ((string name, long[] shape) in head)
            expected.Add(name, shape);
        network.eval();

        Dictionary<string, Tensor> actual = network.state_dict();

        Assert.Equal(
            expected.Select(item => $"{item.Key} {string.Join("x", item.Value)}").Order(StringComparer.Ordinal),
            actual.Select(item => $"{item.Key} {string.Join("x", item.Value.shape)}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    public void ForwardBoth_SameWeights_GivesTorchvisionsOutputs(string architecture)
    {
        var expected = Fixture<Dictionary<string, Dictionary<string, double[]>>>("torchvision_outputs.json")[
            architecture
        ];
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = ClassifierNetwork.Create(architecture);
        network.eval();
        StrictLoading.Load(network, FormulaState(network));

        using IDisposable noGrad = no_grad();
        (Tensor logits, Tensor embedding) = network.ForwardBoth(FormulaInput());

        AssertClose(expected["logits"], logits);
        AssertClose(expected["embedding"], embedding);
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        double[] values = actual.to(float64).flatten().data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        double largest = expected.Zip(values, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest < 2e-5, $"largest difference {largest}");
    }

    /// <summary>The formula of make_torchvision.py.</summary>
    private static double U(long i, long k) => (uint)(i * 2654435761 + k * 40503 + 12345) / 4294967296.0;

    private static Dictionary<string, Tensor> FormulaState(ClassifierNetwork network)
    {
        Dictionary<string, Tensor> state = network.state_dict();
        string[] names = [.. state.Keys.Order(StringComparer.Ordinal)];
        return names.Select((name, k) => (name, Value(name, state[name].shape, k))).ToDictionary();
    }

    private static Tensor Value(string name, long[] shape, int k)
    {
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            return zeros(shape, int64);
        long fanIn = shape.Skip(1).Aggregate(1L, (product, n) => product * n);
        Func<double, double> scale =
            name.EndsWith("running_var", StringComparison.Ordinal) ? u => 0.5 + u
            : name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal)
                ? u => 0.2 * (u - 0.5)
            : shape.Length == 1 ? u => 0.2 + 0.4 * u
            : u => (u - 0.5) * Math.Sqrt(24.0 / fanIn);
        float[] values = new float[fanIn * shape[0]];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)scale(U(i, k));
        return tensor(values, shape);
    }

    private static Tensor FormulaInput()
    {
        const int perImage = 3 * 64 * 64;
        float[] pixels =
        [
            .. Enumerable.Range(0, 2 * perImage).Select(i => (float)Math.Pow(U(i, 999), i < perImage ? 1 : 8)),
        ];
        return tensor(pixels, [2, 3, 64, 64]);
    }

    private static T Fixture<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)))!;
}
