namespace CxrCluster.Evaluation.Metrics;

/// <summary>A share of a count, with Wilson's (1927) 95 % score interval: honest where the count is small.</summary>
/// <param name="Part">0 to <paramref name="Whole"/>.</param>
/// <param name="Whole">Null ratios if it is 0.</param>
public sealed record Proportion(int Part, int Whole)
{
    // The 97.5th percentile of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Part / whole.</summary>
    public double? Value => Whole == 0 ? null : (double)Part / Whole;

    /// <summary>Lower end of the interval.</summary>
    public double? Lower => Whole == 0 ? null : Math.Max(0, Centre - Half);

    /// <summary>Upper end of the interval.</summary>
    public double? Upper => Whole == 0 ? null : Math.Min(1, Centre + Half);

    private double Scale => 1 + Z * Z / Whole;

    private double Centre => ((double)Part / Whole + Z * Z / (2.0 * Whole)) / Scale;

    private double Half
    {
        get
        {
            double p = (double)Part / Whole;
            return Z * Math.Sqrt(p * (1 - p) / Whole + Z * Z / (4.0 * Whole * Whole)) / Scale;
        }
    }
}
