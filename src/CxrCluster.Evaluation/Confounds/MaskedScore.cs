using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Confounds;

/// <summary>What the classifier says of pictures without lungs.</summary>
/// <param name="Images">Pictures whose lungs were found and taken out.</param>
/// <param name="NoLung">Pictures in which the segmenter sees no lung; left out.</param>
/// <param name="MeanShare">Mean share of the picture that was replaced.</param>
/// <param name="FullAuc">ROC AUC on the whole pictures; null unless there are both classes.</param>
/// <param name="MaskedAuc">ROC AUC on the pictures without lungs.</param>
/// <param name="Full">Interval of the former over resamples of patients.</param>
/// <param name="Masked">Interval of the latter.</param>
/// <param name="Loss">Full minus masked on the same resamples.</param>
public sealed record MaskedScore(
    int Images,
    int NoLung,
    double MeanShare,
    double? FullAuc,
    double? MaskedAuc,
    MetricInterval Full,
    MetricInterval Masked,
    MetricInterval Loss
)
{
    private const int Resamples = 500;

    /// <summary>Even the lower end of the interval is above <see cref="ProbeResult.Level"/>.</summary>
    public bool TellsWithoutLungs => Masked.Lower > ProbeResult.Level;

    /// <summary>Compares the scores of whole pictures with those of the same ones without lungs.</summary>
    public static MaskedScore Compute(
        IReadOnlyList<MaskedPicture> pictures,
        int noLung,
        int seed,
        CancellationToken cancellationToken
    )
    {
        Prediction[] full = [.. pictures.Select(p => p.Full)];
        Prediction[] masked = [.. pictures.Select(p => p.Without)];
        var fullMetrics = new ResampledMetrics(full, 0.5);
        var maskedMetrics = new ResampledMetrics(masked, 0.5);
        List<(double? Full, double? Masked)> areas =
        [
            .. PatientBootstrap
                .Draw(full, Resamples, seed, cancellationToken)
                .Select(draws =>
                    (fullMetrics.Compute(draws)[MetricKind.RocAuc], maskedMetrics.Compute(draws)[MetricKind.RocAuc])
                ),
        ];
        return new MaskedScore(
            pictures.Count,
            noLung,
            pictures.Select(p => p.Share).DefaultIfEmpty().Average(),
            RocCurve.Compute(full)?.Auc,
            RocCurve.Compute(masked)?.Auc,
            MetricInterval.Of([.. areas.Select(a => a.Full)]),
            MetricInterval.Of([.. areas.Select(a => a.Masked)]),
            MetricInterval.Of([.. areas.Select(a => a.Full - a.Masked)])
        );
    }
}
