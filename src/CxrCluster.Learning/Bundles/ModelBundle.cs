using System.Security.Cryptography;
using System.Text.Json;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Bundles;

/// <summary>
/// The unit of deployment: a folder with model.json beside the weights of the classifier and of the lung segmenter. Its
/// version is a hash over all three, so a bundle is what its name says or it does not load.
/// </summary>
public sealed class ModelBundle
{
    /// <summary>File name of the manifest.</summary>
    public const string ManifestFile = "model.json";

    /// <summary>File name of the classifier's weights.</summary>
    public const string ClassifierFile = "classifier.safetensors";

    /// <summary>File name of the segmenter's weights.</summary>
    public const string SegmenterFile = "segmenter.safetensors";

    private const int VersionDigits = 16;

    internal ModelBundle(string folder, ModelManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>The files of a bundle.</summary>
    public static IReadOnlyList<string> Files { get; } = [ManifestFile, ClassifierFile, SegmenterFile];

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>Its model.json.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Opens a bundle and verifies that its content has the hash that its version says.</summary>
    /// <exception cref="InvalidBundleException">A file is missing or damaged, or the content is not what the version says.</exception>
    public static ModelBundle Load(string folder)
    {
        if (Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } missing)
            throw new InvalidBundleException(
                $"{folder} is no model bundle: {missing} is missing. A bundle holds {string.Join(", ", Files)}."
            );
        try
        {
            byte[] json = File.ReadAllBytes(Path.Combine(folder, ManifestFile));
            ModelManifest manifest = ModelManifest.Parse(json);
            string version = ComputeVersion(folder, json);
            return string.Equals(manifest.Version, version, StringComparison.Ordinal)
                ? new ModelBundle(folder, manifest)
                : throw new InvalidBundleException(
                    $"it says version '{manifest.Version}', but its content has the hash {version}: a file was changed or "
                        + "damaged. Copy or export the bundle again."
                );
        }
        catch (InvalidBundleException error)
        {
            throw new InvalidBundleException($"The model bundle {folder} cannot be used: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidBundleException(
                $"The model bundle {folder} cannot be read ({error.Message}). Check the path and its permissions.",
                error
            );
        }
    }

    /// <summary>
    /// Writes a bundle and returns it with the version computed from its content. The manifest is written last, so an
    /// interrupted write leaves nothing that loads.
    /// </summary>
    /// <exception cref="InvalidBundleException">The manifest is out of range or does not describe the networks.</exception>
    public static ModelBundle Write(string folder, ModelManifest draft, ClassifierNetwork classifier, UNet segmenter)
    {
        string[] problems = [.. draft.Validate(), .. Differences(draft, classifier, segmenter)];
        if (problems.Length > 0)
            throw new InvalidBundleException($"The model cannot be written to {folder}: {string.Join(" ", problems)}");
        Directory.CreateDirectory(folder);
        SafeTensors.Write(Path.Combine(folder, ClassifierFile), classifier.state_dict());
        SafeTensors.Write(Path.Combine(folder, SegmenterFile), segmenter.state_dict());
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(draft, ManifestJson.Options);
        ModelManifest manifest = draft with { Version = ComputeVersion(folder, json) };
        json = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Options);
        AtomicFile.Write(Path.Combine(folder, ManifestFile), file => file.Write(json));
        return new ModelBundle(folder, manifest);
    }

    /// <summary>The classifier with its weights, on the CPU, in evaluation mode; the caller disposes it.</summary>
    /// <exception cref="InvalidBundleException">The weights do not fit the manifest.</exception>
    public ClassifierNetwork LoadClassifier() =>
        Fill(ClassifierNetwork.Create(Manifest.Architecture, Manifest.EmbeddingSize), ClassifierFile);

    /// <summary>The lung segmenter with its weights, on the CPU, in evaluation mode; the caller disposes it.</summary>
    /// <exception cref="InvalidBundleException">The weights do not fit the manifest.</exception>
    public UNet LoadSegmenter() => Fill(new UNet(Manifest.SegmenterShape), SegmenterFile);

    private static IEnumerable<string> Differences(ModelManifest draft, ClassifierNetwork classifier, UNet segmenter)
    {
        if (draft.Architecture != classifier.Architecture || draft.EmbeddingSize != classifier.EmbeddingSize)
            yield return $"The manifest describes {draft.Architecture} with {draft.EmbeddingSize} embedding values, the "
                + $"network is {classifier.Architecture} with {classifier.EmbeddingSize}.";
        if (draft.SegmenterShape != segmenter.Shape)
            yield return $"The manifest describes a segmenter of {draft.SegmenterShape}, the network is {segmenter.Shape}.";
    }

    private static string ComputeVersion(string folder, byte[] manifest)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(ManifestJson.HashedPart(manifest)));
        foreach (string file in new[] { ClassifierFile, SegmenterFile })
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, file));
            hash.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionDigits];
    }

    private T Fill<T>(T network, string file)
        where T : nn.Module
    {
        string path = Path.Combine(Folder, file);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            StrictLoading.Load(network, SafeTensors.Read(path), path);
            network.eval();
            return network;
        }
        catch (InvalidWeightsException error)
        {
            network.Dispose();
            throw new InvalidBundleException($"The model bundle {Folder} cannot be used: {error.Message}", error);
        }
    }
}
