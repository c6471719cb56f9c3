namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Exact t-SNE in two dimensions (van der Maaten and Hinton 2008), for up to some thousands of vectors.</summary>
public static class TSne
{
    /// <summary>A position per vector, centred on the origin.</summary>
    public static IReadOnlyList<(double X, double Y)> Embed(
        IReadOnlyList<float[]> vectors,
        TSneOptions options,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("not written yet");
}
