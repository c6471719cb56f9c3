namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Parameters of <see cref="TSne"/>.</summary>
public sealed record TSneOptions
{
    /// <summary>Effective number of neighbours, at least 1; lowered to (n - 1) / 3 for small sets. Default 30.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Gradient steps. Default 1000.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Start positions. Equal seeds give equal pictures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that may compute; -1: all cores. No number changes a bit of the result. Default -1.</summary>
    public int MaxThreads { get; init; } = -1;

    /// <summary>A sentence per value that cannot be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (!(Perplexity >= 1 && double.IsFinite(Perplexity)))
            yield return $"Perplexity is {Perplexity}: set it to at least 1, usually 5 to 50.";
        if (Iterations < 1)
            yield return $"Iterations is {Iterations}: set it to at least 1, usually 1000.";
        if (MaxThreads is 0 or < -1)
            yield return $"MaxThreads is {MaxThreads}: set it to at least 1, or to -1 for all cores.";
    }
}
