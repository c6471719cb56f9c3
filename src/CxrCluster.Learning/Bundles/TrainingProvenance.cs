namespace CxrCluster.Learning.Bundles;

/// <summary>How a classifier came about: enough to train it again.</summary>
public sealed record TrainingProvenance
{
    /// <summary>Seed of the split, the initial weights, the order of images and the augmentation.</summary>
    public int Seed { get; init; }

    /// <summary>Epochs run.</summary>
    public int Epochs { get; init; }

    /// <summary>Initial learning rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>Images trained on.</summary>
    public int Images { get; init; }

    /// <summary>Patients trained on.</summary>
    public int Patients { get; init; }

    /// <summary>SHA-256 of the cohort manifest, hexadecimal.</summary>
    public string? ManifestSha256 { get; init; }

    /// <summary>Where the initial weights came from; null when they were random.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>When it ended; leave null where equal seeds should give equal versions.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Everything else worth recording.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
