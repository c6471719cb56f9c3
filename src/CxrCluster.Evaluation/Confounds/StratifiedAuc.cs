namespace CxrCluster.Evaluation.Confounds;

/// <summary>
/// The chance that an image of a kind scores above one of another kind *of the same stratum*, ties counting half: with the
/// class as stratum, knowing the class does not help.
/// </summary>
internal sealed class StratifiedAuc
{
    private readonly (int Image, bool Wanted, int Stratum, double Score)[] ascending;
    private readonly int strata;

    public StratifiedAuc(IReadOnlyList<bool> wanted, IReadOnlyList<int> stratum, IReadOnlyList<double> scores)
    {
        strata = stratum.Count == 0 ? 0 : stratum.Max() + 1;
        ascending =
        [
            .. Enumerable
                .Range(0, wanted.Count)
                .Select(i => (i, wanted[i], stratum[i], scores[i]))
                .OrderBy(image => image.Item4),
        ];
    }

    /// <summary>With image i standing draws[i] times; null if no stratum has both kinds.</summary>
    public double? Compute(ReadOnlySpan<int> draws)
    {
        long[] below = new long[strata];
        long[] wanted = new long[strata];
        long twice = 0;
        for (int start = 0, end; start < ascending.Length; start = end)
        {
            long[] tied = new long[strata];
            for (end = start; end < ascending.Length && ascending[end].Score.Equals(ascending[start].Score); end++)
                if (!ascending[end].Wanted)
                    tied[ascending[end].Stratum] += draws[ascending[end].Image];
            for (int i = start; i < end; i++)
            {
                (int image, bool isWanted, int stratum, _) = ascending[i];
                if (!isWanted)
                    continue;
                wanted[stratum] += draws[image];
                twice += draws[image] * (2 * below[stratum] + tied[stratum]);
            }
            for (int s = 0; s < strata; s++)
                below[s] += tied[s];
        }
        long pairs = 0;
        for (int s = 0; s < strata; s++)
            pairs += wanted[s] * below[s];
        return pairs == 0 ? null : twice / (2.0 * pairs);
    }
}
