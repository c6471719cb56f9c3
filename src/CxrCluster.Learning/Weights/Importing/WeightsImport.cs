using System.Security.Cryptography;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.Importing;

/// <summary>
/// Makes torchvision's weights, or those of the same networks from elsewhere, into a safetensors file that a classifier's
/// training begins with. Names are strict but for the file's own classifier, which is left out, and batch counts, which
/// may be absent.
/// </summary>
public static class WeightsImport
{
    /// <summary>The metadata key that says what the first layer sees.</summary>
    public const string FirstLayerKey = "firstLayer";

    private const string FromRgb = "rgb folded into grey image, lung map and zeros";
    private const string Kept = "as in the source";

    /// <summary>Reads a file, checks it against an architecture, and writes the backbone.</summary>
    /// <param name="source">torch.save's file or safetensors.</param>
    /// <param name="architecture">One of <see cref="ClassifierNetwork.Architectures" />.</param>
    /// <param name="firstLayer">What the file's first layer sees.</param>
    /// <param name="output">The safetensors file; it appears whole or not at all.</param>
    /// <exception cref="InvalidWeightsException">The source is unsound or of another network; nothing was written.</exception>
    public static ImportedWeights Run(string source, string architecture, FirstLayerWeights firstLayer, string output)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Dictionary<string, Tensor> given = TorchvisionNames.Modernise(WeightsFile.Read(source), source);
        string[] leftOut =
        [
            .. given
                .Keys.Where(name => TorchvisionNames.IsOfClassifier(name, architecture))
                .Order(StringComparer.Ordinal),
        ];
        foreach (string name in leftOut)
            given.Remove(name);

        using ClassifierNetwork network = ClassifierNetwork.Create(architecture);
        Dictionary<string, Tensor> backbone = network
            .state_dict()
            .Where(item => !item.Key.StartsWith("head.", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        string[] counts =
        [
            .. backbone.Keys.Where(name => TorchvisionNames.IsBatchCount(name) && !given.ContainsKey(name)),
        ];
        foreach (string name in counts)
            given.Add(name, zeros(backbone[name].shape, int64));
        StrictLoading.Load(backbone, architecture, given, source);
        RefuseNotFinite(backbone, source);

        if (firstLayer == FirstLayerWeights.Rgb)
        {
            RefuseSecondTime(source);
            network.FirstLayer.AdaptFromRgb();
        }
        string hash = Sha256(source);
        SafeTensors.Write(
            output,
            backbone,
            new Dictionary<string, string>
            {
                ["architecture"] = architecture,
                ["source"] = Path.GetFileName(source),
                ["sourceSha256"] = hash,
                [FirstLayerKey] = firstLayer == FirstLayerWeights.Rgb ? FromRgb : FirstLayerOf(source) ?? Kept,
            }
        );
        return new ImportedWeights(architecture, backbone.Count, hash, firstLayer, leftOut, counts.Length);
    }

    private static void RefuseNotFinite(Dictionary<string, Tensor> tensors, string source)
    {
        string[] names =
        [
            .. tensors.Where(item => !item.Value.isfinite().all().item<bool>()).Select(item => item.Key).Take(8),
        ];
        if (names.Length > 0)
            throw new InvalidWeightsException(
                $"{source} has values that are no numbers in {string.Join(", ", names)}: its training failed. Use other weights."
            );
    }

    private static void RefuseSecondTime(string source)
    {
        if (FirstLayerOf(source) is { } done)
            throw new InvalidWeightsException(
                $"{source} is the result of an import, its first layer is '{done}' already. Say that it stays so "
                    + "(--first-layer keep), or import the original file."
            );
    }

    private static string? FirstLayerOf(string source) =>
        WeightsFile.ReadMetadata(source).GetValueOrDefault(FirstLayerKey);

    private static string Sha256(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
