namespace CxrCluster.Grains.Training;

/// <summary>
/// Seconds of one epoch of each network, as measured; before the first, guessed from the networks' arithmetic (10⁹
/// multiplications at 224 x 224: He et al. 2016, Simonyan and Zisserman 2015, Huang et al. 2017) and what is measured already.
/// </summary>
internal sealed class EpochCosts
{
    private const double NewWeight = 0.5;
    private const double Unknown = 5;

    private static readonly Dictionary<string, double> Arithmetic = new(StringComparer.Ordinal)
    {
        ["resnet34"] = 3.6,
        ["resnet50"] = 3.8,
        ["resnet152"] = 11.3,
        ["vgg16"] = 15.5,
        ["densenet121"] = 2.8,
    };

    private readonly SortedDictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>Takes a measurement in.</summary>
    public void Measured(string architecture, double seconds) =>
        _seconds[architecture] = _seconds.TryGetValue(architecture, out double before)
            ? before + NewWeight * (seconds - before)
            : seconds;

    /// <summary>What an epoch of the network takes.</summary>
    public double Of(string architecture)
    {
        if (_seconds.TryGetValue(architecture, out double seconds))
            return seconds;
        double perUnit = _seconds.Count == 0 ? 1 : _seconds.Average(s => s.Value / Cost(s.Key));
        return Cost(architecture) * perUnit;
    }

    private static double Cost(string architecture) => Arithmetic.GetValueOrDefault(architecture, Unknown);
}
