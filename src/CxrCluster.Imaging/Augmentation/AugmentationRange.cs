namespace CxrCluster.Imaging.Augmentation;

/// <summary>One random change: made with <paramref name="Probability"/>, its size uniform within ± <paramref name="Limit"/>.</summary>
/// <param name="Probability">In [0, 1]; 0 turns the change off.</param>
/// <param name="Limit">Largest absolute size, in the unit of the change.</param>
public sealed record AugmentationRange(double Probability, double Limit)
{
    /// <summary>Never applied.</summary>
    public static AugmentationRange Off { get; } = new(0, 0);
}
