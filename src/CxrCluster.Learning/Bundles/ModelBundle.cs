using CxrCluster.Learning.Networks;

namespace CxrCluster.Learning.Bundles;

/// <summary>The unit of deployment: model.json beside the weights of the classifier and of the lung segmenter.</summary>
public sealed class ModelBundle
{
    /// <summary>File name of the manifest.</summary>
    public const string ManifestFile = "model.json";

    /// <summary>File name of the classifier's weights.</summary>
    public const string ClassifierFile = "classifier.safetensors";

    /// <summary>File name of the segmenter's weights.</summary>
    public const string SegmenterFile = "segmenter.safetensors";

    private ModelBundle(string folder, ModelManifest manifest)
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

    /// <summary>Opens a bundle and verifies that its content has the hash that it is named by.</summary>
    /// <exception cref="InvalidBundleException">A file is missing or damaged, or the content is not what the version says.</exception>
    public static ModelBundle Load(string folder) => throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Writes a bundle; its version is computed from the content.</summary>
    /// <exception cref="InvalidBundleException">The manifest does not describe the networks.</exception>
    public static ModelBundle Write(string folder, ModelManifest draft, ClassifierNetwork classifier, UNet segmenter) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <summary>The classifier with its weights, on the CPU, in evaluation mode; the caller disposes it.</summary>
    /// <exception cref="InvalidBundleException">The weights do not fit the manifest.</exception>
    public ClassifierNetwork LoadClassifier() => throw new NotSupportedException("Comes with the next landing.");

    /// <summary>The lung segmenter with its weights, on the CPU, in evaluation mode; the caller disposes it.</summary>
    /// <exception cref="InvalidBundleException">The weights do not fit the manifest.</exception>
    public UNet LoadSegmenter() => throw new NotSupportedException("Comes with the next landing.");
}
