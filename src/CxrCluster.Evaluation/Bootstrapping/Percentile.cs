namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>Percentiles with linear interpolation between order statistics: numpy's default (type 7 of Hyndman and Fan 1996).</summary>
public static class Percentile
{
    /// <param name="ascending">Sorted numbers, at least one.</param>
    /// <param name="fraction">0 for the least, 0.5 for the median, 1 for the greatest.</param>
    public static double Of(IReadOnlyList<double> ascending, double fraction)
    {
        if (ascending.Count == 0)
            throw new ArgumentException("There is no number to take a percentile of.", nameof(ascending));
        if (!(fraction is >= 0 and <= 1))
            throw new ArgumentException($"The fraction is {fraction}: it must lie in [0, 1].", nameof(fraction));
        double position = fraction * (ascending.Count - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, ascending.Count - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }
}
