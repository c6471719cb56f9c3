using System.Globalization;

namespace CxrCluster.Gateway.Pages;

/// <summary>A probability as a bar with a mark at the threshold.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="Threshold">0 to 1.</param>
internal sealed record ProbabilityBar(double Probability, double Threshold)
{
    public bool IsPositive => Probability >= Threshold;

    /// <summary>Length of the filled part, of 100.</summary>
    public string Filled => (Probability * 100).ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Where the threshold's mark starts, of 100.</summary>
    public string Mark => Math.Min(Threshold * 100, 99).ToString("F1", CultureInfo.InvariantCulture);

    public string Percent => Show.Percent(Probability);
}
