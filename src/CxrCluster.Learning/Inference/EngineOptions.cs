namespace CxrCluster.Learning.Inference;

/// <summary>Where and how an engine computes.</summary>
public sealed record EngineOptions
{
    /// <summary>"cpu" or "cuda:N". CUDA is configuration only: it was never run by the authors.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Auto follows the bundle and the CPU; anything else overrides them.</summary>
    public Precision Precision { get; init; }
}
