namespace CxrCluster.Learning.Training;

/// <summary>Where a classifier training reads and writes.</summary>
public sealed record ClassifierTrainingInput
{
    /// <summary>The cohort's manifest.</summary>
    public required string ManifestFile { get; init; }

    /// <summary>Folder of its images.</summary>
    public required string ImagesFolder { get; init; }

    /// <summary>A trained segmenter (<see cref="SegmenterTrainer"/>).</summary>
    public required string SegmenterFile { get; init; }

    /// <summary>Folder of the model bundle to write.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Folder of preprocessed images; null: beside the bundle, with ".cache" behind its name.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Where checkpoints are kept until the bundle is written; null keeps none.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>Whether to go on from the newest checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether missing and unreadable images are left out; otherwise the training is refused before it begins.</summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>Told in a sentence of what a person should know: suspicious data, cached squares, a resume.</summary>
    public Action<string>? Say { get; init; }
}
