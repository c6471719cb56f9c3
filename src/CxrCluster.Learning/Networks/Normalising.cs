using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Networks;

/// <summary>Batch normalisation as every network here uses it.</summary>
internal static class Normalising
{
    /// <summary>Added to the variance.</summary>
    public const double Epsilon = 1e-5;

    private const double Momentum = 0.1;

    /// <summary>The normalisation's parameters and statistics, as they start: scale and variance 1, shift and mean 0.</summary>
    public static BatchNorm2d Create(long channels) => nn.BatchNorm2d(channels, eps: Epsilon, momentum: Momentum);

    /// <summary>
    /// Normalises. Not the module's own forward: it counts batches with a short-lived number (see <see cref="Scalars" />),
    /// and nothing reads the count.
    /// </summary>
    public static Tensor Apply(BatchNorm2d norm, Tensor input) =>
        nn.functional.batch_norm(
            input,
            norm.running_mean,
            norm.running_var,
            norm.weight,
            norm.bias,
            norm.training,
            Momentum,
            Epsilon
        );
}
