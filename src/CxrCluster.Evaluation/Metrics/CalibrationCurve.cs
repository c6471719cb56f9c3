namespace CxrCluster.Evaluation.Metrics;

/// <summary>
/// Whether 0.8 means 8 of 10: bins of equal width over [0, 1], as scikit-learn's <c>calibration_curve</c> (a probability on
/// an edge belongs to the lower bin).
/// </summary>
/// <param name="Bins">Those with images, ascending.</param>
/// <param name="ExpectedError">
/// Mean of |mean probability - share of positives| over the bins, weighted by their images (ECE; Naeini et al. 2015); null
/// without images.
/// </param>
public sealed record CalibrationCurve(IReadOnlyList<CalibrationBin> Bins, double? ExpectedError)
{
    /// <param name="bins">At least 1.</param>
    public static CalibrationCurve Compute(IReadOnlyList<Prediction> predictions, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        CalibrationBin[] filled =
        [
            .. predictions
                .GroupBy(p => BinOf(p.Probability, bins))
                .OrderBy(bin => bin.Key)
                .Select(bin => new CalibrationBin(
                    bin.Count(),
                    bin.Average(p => p.Probability),
                    bin.Average(p => p.Label)
                )),
        ];
        return new CalibrationCurve(
            filled,
            predictions.Count == 0
                ? null
                : filled.Sum(bin => bin.Images * Math.Abs(bin.MeanProbability - bin.PositiveShare)) / predictions.Count
        );
    }

    // How many inner edges lie below the probability; edges as multiples of the width, like numpy's linspace.
    private static int BinOf(double probability, int bins) =>
        Enumerable.Range(1, bins - 1).Count(edge => edge * (1.0 / bins) < probability);
}
