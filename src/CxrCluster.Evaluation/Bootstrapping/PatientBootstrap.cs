using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>
/// Intervals for one evaluation: patients, not images, are drawn with replacement, because a patient's images are alike.
/// </summary>
public static class PatientBootstrap
{
    /// <summary>Resamples behind an interval unless told otherwise.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>An interval per metric. Equal seeds give equal intervals, whatever the order of the predictions.</summary>
    public static IReadOnlyDictionary<MetricKind, MetricInterval> Compute(
        IReadOnlyList<Prediction> predictions,
        double threshold,
        int resamples = DefaultResamples,
        int seed = 1,
        CancellationToken cancellationToken = default
    )
    {
        var metrics = new ResampledMetrics(predictions, threshold);
        List<MetricValues> values =
        [
            .. Draw(predictions, resamples, seed, cancellationToken).Select(draws => metrics.Compute(draws)),
        ];
        return MetricValues.Kinds.ToDictionary(
            kind => kind,
            kind => MetricInterval.Of([.. values.Select(v => v[kind])])
        );
    }

    /// <summary>How often each image is drawn, per resample; the array is reused from one to the next.</summary>
    internal static IEnumerable<int[]> Draw(
        IReadOnlyList<Prediction> predictions,
        int resamples,
        int seed,
        CancellationToken cancellationToken
    )
    {
        int[][] patients =
        [
            .. Enumerable
                .Range(0, predictions.Count)
                .GroupBy(i => (predictions[i].Hospital, predictions[i].PatientId))
                .OrderBy(patient => patient.Key.Hospital, StringComparer.Ordinal)
                .ThenBy(patient => patient.Key.PatientId, StringComparer.Ordinal)
                .Select(patient => patient.ToArray()),
        ];
        int[] draws = new int[predictions.Count];
        for (int resample = 0; resample < resamples; resample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(draws);
            var random = new ResampleRandom(seed, resample);
            for (int drawn = 0; drawn < patients.Length; drawn++)
                foreach (int image in patients[random.Index(patients.Length)])
                    draws[image]++;
            yield return draws;
        }
    }
}
