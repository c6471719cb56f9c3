using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.Importing;

/// <summary>Brings the names that checkpoints have to the ones that today's torchvision gives.</summary>
internal static partial class TorchvisionNames
{
    private const string ParallelPrefix = "module.";
    private const string BatchCount = ".num_batches_tracked";

    /// <summary>
    /// Takes away the prefix of DataParallel, and writes DenseNet's names before 2018 ("denselayer1.norm.1.weight") as
    /// they are since ("denselayer1.norm1.weight").
    /// </summary>
    /// <exception cref="InvalidWeightsException">Two tensors get the same name.</exception>
    public static Dictionary<string, Tensor> Modernise(IReadOnlyDictionary<string, Tensor> tensors, string source)
    {
        Dictionary<string, Tensor> renamed = new(StringComparer.Ordinal);
        foreach ((string name, Tensor values) in tensors)
        {
            string plain = name.StartsWith(ParallelPrefix, StringComparison.Ordinal)
                ? name[ParallelPrefix.Length..]
                : name;
            string modern = OldDenseNet().Replace(plain, "${layer}${rest}");
            if (!renamed.TryAdd(modern, values))
                throw new InvalidWeightsException(
                    $"{source} has the weights {modern} under two names. Save a single network's state_dict()."
                );
        }
        return renamed;
    }

    /// <summary>Whether the tensor belongs to the classifier of 1,000 classes (or however many) that a network ends in.</summary>
    public static bool IsOfClassifier(string name, string architecture) =>
        name.StartsWith(
            architecture.StartsWith("resnet", StringComparison.Ordinal) ? "fc." : "classifier.",
            StringComparison.Ordinal
        );

    /// <summary>Whether it counts the batches that a normalisation has seen: files before 2018 have none, and nothing reads it.</summary>
    public static bool IsBatchCount(string name) => name.EndsWith(BatchCount, StringComparison.Ordinal);

    [GeneratedRegex(
        @"^(?<layer>.*denselayer\d+\.(norm|conv))\.(?<rest>[12]\.(weight|bias|running_mean|running_var))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OldDenseNet();
}
