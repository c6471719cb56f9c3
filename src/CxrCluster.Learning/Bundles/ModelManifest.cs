using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;

namespace CxrCluster.Learning.Bundles;

/// <summary>model.json: everything a score depends on beside the weights.</summary>
public sealed partial record ModelManifest
{
    /// <summary>What the model is called over all its versions: 1 to 63 of a-z, 0-9, dot and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>First 16 hexadecimal digits of the SHA-256 over the bundle's content; set when the bundle is written.</summary>
    public string Version { get; init; } = "";

    /// <summary>One of <see cref="ClassifierNetwork.Architectures" />.</summary>
    public required string Architecture { get; init; }

    /// <summary>Length of the embedding.</summary>
    public int EmbeddingSize { get; init; } = 128;

    /// <summary>Size of the lung segmenter.</summary>
    public UNetShape SegmenterShape { get; init; } = new();

    /// <summary>Side the segmenter runs at; its map is resized bilinearly to the classifier's side.</summary>
    public required int SegmenterSide { get; init; }

    /// <summary>How images are prepared; its side is the classifier's input side.</summary>
    public required PreprocessingOptions Preprocessing { get; init; }

    /// <summary>The precision to infer in; an engine may be asked for another.</summary>
    public Precision Precision { get; init; }

    /// <summary>Probability from which an image counts as positive, [0, 1].</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Other thresholds with what they give.</summary>
    public IReadOnlyList<OperatingPoint> OperatingPoints { get; init; } = [];

    /// <summary>How the classifier was trained.</summary>
    public TrainingProvenance Training { get; init; } = new();

    /// <summary>Metrics on held-out patients by name.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; } = new Dictionary<string, MetricValue>();

    /// <summary>"name@version".</summary>
    public override string ToString() => $"{Name}@{Version}";
}
