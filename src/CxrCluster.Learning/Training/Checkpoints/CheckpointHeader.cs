namespace CxrCluster.Learning.Training;

/// <summary>What a checkpoint says besides its tensors.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The training's options and data, each in a few words; a training goes on from its own checkpoints only.</summary>
    public required IReadOnlyDictionary<string, string> Fingerprint { get; init; }

    /// <summary>Adam's steps so far.</summary>
    public required int Step { get; init; }

    /// <summary>The epoch whose weights are the best so far.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>All epochs so far; the last is the checkpoint's.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>The tensors in order of their bytes.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; init; } = [];
}

/// <summary>A tensor in a checkpoint.</summary>
internal sealed record CheckpointTensor(string Name, string Type, IReadOnlyList<long> Shape);
