using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

/// <summary>The weights and the input of Fixtures/make_torchvision.py, made by the same formula.</summary>
internal static class Formula
{
    private const int Side = 64;

    /// <summary>A classifier of the formula's weights, in evaluation mode.</summary>
    public static ClassifierNetwork Classifier(string architecture)
    {
        ClassifierNetwork network = ClassifierNetwork.Create(architecture);
        network.eval();
        StrictLoading.Load(network, State(network));
        return network;
    }

    /// <summary>Two images of three channels.</summary>
    public static Tensor Input()
    {
        const int perImage = 3 * Side * Side;
        float[] pixels =
        [
            .. Enumerable.Range(0, 2 * perImage).Select(i => (float)Math.Pow(U(i, 999), i < perImage ? 1 : 8)),
        ];
        return tensor(pixels, [2, 3, Side, Side]);
    }

    /// <summary>The formula's weights by name.</summary>
    public static Dictionary<string, Tensor> State(ClassifierNetwork network)
    {
        Dictionary<string, Tensor> state = network.state_dict();
        string[] names = [.. state.Keys.Order(StringComparer.Ordinal)];
        return names.Select((name, k) => (name, Value(name, state[name].shape, k))).ToDictionary();
    }

    private static double U(int i, int k)
    {
        uint h = unchecked(((uint)i * 2654435761u) + (uint)((k * 40503) + 12345));
        h = unchecked((h ^ (h >> 16)) * 0x85EBCA6Bu);
        h = unchecked((h ^ (h >> 13)) * 0xC2B2AE35u);
        return (h ^ (h >> 16)) / 4294967296.0;
    }

    private static Tensor Value(string name, long[] shape, int k)
    {
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            return zeros(shape, int64);
        long fanIn = shape.Skip(1).Aggregate(1L, (product, n) => product * n);
        double least = name.StartsWith("features", StringComparison.Ordinal) ? 0.8 : 0.5;
        double range = Math.Sqrt(24.0 / fanIn);
        Func<double, double> scale =
            name.EndsWith("running_var", StringComparison.Ordinal) ? u => 0.5 + u
            : name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal)
                ? u => 0.2 * (u - 0.5)
            : shape.Length == 1 ? u => least + (0.4 * u)
            : u => (u - 0.5) * range;
        float[] values = new float[fanIn * shape[0]];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)scale(U(i, k));
        return tensor(values, shape);
    }
}
