using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Confounds;

/// <summary>
/// Tells one thing from another by a logistic regression on standardised features, cross-validated by patient in five
/// folds; the interval comes from resampling the patients of the out-of-fold probabilities.
/// </summary>
internal static class Probe
{
    private const int Folds = 5;
    private const double C = 0.1;
    private const int Resamples = 500;
    private const int FewestPatients = 2;

    /// <param name="withinClass">Compare only images of one class, so that knowing the class does not help.</param>
    public static ProbeResult Run(
        string target,
        Func<ProbeImage, string?> targetOf,
        string from,
        Func<ProbeImage, double[]?> featuresOf,
        bool withinClass,
        IEnumerable<ProbeImage> images,
        int seed,
        CancellationToken cancellationToken
    )
    {
        // A kind of one patient cannot be both learnt and tested.
        var kinds = images
            .Select(image => (Image: image.Prediction, Kind: targetOf(image), Features: featuresOf(image)))
            .Where(image => image is { Kind: not null, Features: not null })
            .GroupBy(image => image.Kind!, StringComparer.Ordinal)
            .Where(kind => Patients(kind.Select(image => image.Image)) >= FewestPatients)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .ToArray();
        if (kinds.Length < 2)
            return ProbeResult.Undefined(
                target,
                from,
                kinds.Length == 0
                    ? $"no {target} is known of at least {FewestPatients} patients"
                    : $"all images are of one {target}"
            );
        Prediction[] predictions = [.. kinds.SelectMany(kind => kind.Select(image => image.Image))];
        int[] labels = [.. kinds.SelectMany((kind, k) => kind.Select(_ => k))];
        double[][] features = [.. kinds.SelectMany(kind => kind.Select(image => image.Features!))];
        double[][] told = OutOfFold(predictions, labels, features, kinds.Length, seed, cancellationToken);

        int[] strata = [.. predictions.Select(p => withinClass ? p.Label : 0)];
        // Of two kinds, the second against the first says it all.
        StratifiedAuc[] areas =
        [
            .. Enumerable
                .Range(0, kinds.Length)
                .Skip(kinds.Length == 2 ? 1 : 0)
                .Select(k => new StratifiedAuc(
                    [.. labels.Select(label => label == k)],
                    strata,
                    [.. told.Select(probabilities => probabilities[k])]
                )),
        ];
        int patients = Patients(predictions);
        double? auc = Mean(areas, [.. Enumerable.Repeat(1, predictions.Length)]);
        return auc is null
            ? ProbeResult.Undefined(target, from, $"every {target} has images of one class only")
            : ProbeResult.Of(
                target,
                from,
                predictions.Length,
                patients,
                kinds.Length,
                auc,
                MetricInterval.Of([
                    .. PatientBootstrap
                        .Draw(predictions, Resamples, seed, cancellationToken)
                        .Select(draws => Mean(areas, draws)),
                ])
            );
    }

    private static double? Mean(StratifiedAuc[] areas, int[] draws) =>
        areas.Select(area => area.Compute(draws)).Average();

    private static int Patients(IEnumerable<Prediction> images) =>
        images.Select(image => (image.Hospital, image.PatientId)).Distinct().Count();

    private static double[][] OutOfFold(
        Prediction[] predictions,
        int[] labels,
        double[][] features,
        int classes,
        int seed,
        CancellationToken cancellationToken
    )
    {
        int[] fold = PatientFolds.Assign(predictions, labels, Folds, seed);
        double[][] told = new double[predictions.Length][];
        for (int held = 0; held < Folds; held++)
        {
            int[] train = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] != held)];
            if (train.Length == fold.Length)
                continue; // fewer patients than folds
            var scale = new Standardiser([.. train.Select(i => features[i])]);
            LogisticRegression fitted = LogisticRegression.Fit(
                [.. train.Select(i => scale.Apply(features[i]))],
                [.. train.Select(i => labels[i])],
                classes,
                C,
                cancellationToken
            );
            foreach (int i in Enumerable.Range(0, fold.Length).Where(i => fold[i] == held))
                told[i] = fitted.Probabilities(scale.Apply(features[i]));
        }
        return told;
    }
}
