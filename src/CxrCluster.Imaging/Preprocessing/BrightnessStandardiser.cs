namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Maps gray values to a common range.</summary>
public sealed class BrightnessStandardiser(double lowPercentile = 0.5, double highPercentile = 99.5)
{
    /// <summary>The standardised picture, 16-bit.</summary>
    public Radiograph Apply(Radiograph r)
    {
        _ = (lowPercentile, highPercentile);
        throw new NotSupportedException();
    }
}
