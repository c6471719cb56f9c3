using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>
/// Confidence intervals from random splits (Goldstein et al. 2020): the held-out images of every split are resampled with
/// replacement, and an interval runs from the 2.5th to the 97.5th percentile of a metric over all resamples of all splits.
/// </summary>
public static class SweepAnalysis
{
    /// <summary>What the vote of all networks is called in tables.</summary>
    public const string VoteName = "majority vote";

    /// <summary>
    /// Resample b of split s depends on (seed, s, b) and the names of its images only, so that all networks are measured
    /// on the same resamples and the order of runs and images changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The runs do not make a sweep; the message says where.</exception>
    public static SweepSummary Compute(SweepInput input)
    {
        if (input.Validate().FirstOrDefault() is { } fault)
            throw new ArgumentException(fault, nameof(input));
        List<(string Name, List<SplitPredictions> Splits)> models =
        [
            .. input
                .Runs.GroupBy(run => run.Model, StringComparer.Ordinal)
                .OrderBy(model => model.Key, StringComparer.Ordinal)
                .Select(model => (model.Key, model.OrderBy(run => run.Split).Select(InOrder).ToList())),
        ];
        models.Add((VoteName, [.. Enumerable.Range(0, input.Splits).Select(split => Vote(models, split, input))]));

        List<ModelIntervals> intervals =
        [
            .. models.Select(m => new ModelIntervals(m.Name, Intervals(Resample(m.Splits, Threshold(m.Name), input)))),
        ];
        return new SweepSummary(
            intervals[..^1],
            intervals[^1],
            [
                .. Enumerable
                    .Range(0, input.Splits)
                    .SelectMany(split =>
                        models.Select(model => new SplitMetrics(
                            model.Name,
                            split,
                            ClassificationMetrics.Compute(model.Splits[split].HeldOut, Threshold(model.Name))
                        ))
                    ),
            ],
            Differences(intervals)
        );

        double Threshold(string model) => model == VoteName ? MajorityVote.Threshold : input.Threshold;
    }

    private static SplitPredictions InOrder(SplitPredictions run) =>
        run with
        {
            HeldOut = [.. run.HeldOut.OrderBy(p => p.Image, StringComparer.Ordinal)],
        };

    private static SplitPredictions Vote(
        List<(string Name, List<SplitPredictions> Splits)> models,
        int split,
        SweepInput input
    ) => new(VoteName, split, MajorityVote.Of([.. models.Select(m => (m.Splits[split].HeldOut, input.Threshold))]));

    private static List<MetricValues> Resample(List<SplitPredictions> splits, double threshold, SweepInput input)
    {
        var values = new List<MetricValues>(input.Splits * input.Bootstraps);
        foreach (SplitPredictions split in splits)
        {
            var metrics = new ResampledMetrics(split.HeldOut, threshold);
            int[] draws = new int[split.HeldOut.Count];
            for (int bootstrap = 0; bootstrap < input.Bootstraps; bootstrap++)
            {
                Array.Clear(draws);
                var random = new ResampleRandom(input.Seed, split.Split, bootstrap);
                for (int drawn = 0; drawn < draws.Length; drawn++)
                    draws[random.Index(draws.Length)]++;
                values.Add(metrics.Compute(draws));
            }
        }
        return values;
    }

    private static Dictionary<MetricKind, MetricInterval> Intervals(List<MetricValues> values) =>
        MetricValues.Kinds.ToDictionary(kind => kind, kind => MetricInterval.Of([.. values.Select(v => v[kind])]));

    private static List<ModelDifference> Differences(List<ModelIntervals> models) =>
        [
            .. from first in Enumerable.Range(0, models.Count)
            from second in Enumerable.Range(first + 1, models.Count - first - 1)
            from kind in MetricValues.Kinds
            select new ModelDifference(
                models[first].Model,
                models[second].Model,
                kind,
                MetricInterval.Of([.. models[first][kind].Values.Zip(models[second][kind].Values, (a, b) => a - b)])
            ),
        ];
}
