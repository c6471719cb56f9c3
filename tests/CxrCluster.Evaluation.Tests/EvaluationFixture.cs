using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests;

/// <summary>Fixtures/evaluation.json (make_evaluation.py): what scikit-learn and SciPy say.</summary>
internal sealed record EvaluationFixture(EvaluationFixture.Case[] Cases, EvaluationFixture.TSneMap Map)
{
    public static EvaluationFixture Load() => Fixture.Load<EvaluationFixture>("evaluation.json");

    internal sealed record Case(Question Asked, Answer Answer);

    /// <summary>Predictions at a threshold; vectors of several kinds for a logistic regression with penalty 1 / C.</summary>
    internal sealed record Question(
        int[] Labels,
        double[] Scores,
        double Threshold,
        int[] Kinds,
        float[][] Vectors,
        double C
    )
    {
        public Prediction[] Predictions => Samples.Of([.. Labels.Zip(Scores)]);
    }

    /// <summary>Values in the order of MetricKind; confusion tp, fp, tn, fn.</summary>
    internal sealed record Answer(
        double[] Values,
        int[] Confusion,
        double[] CalibrationMean,
        double[] CalibrationTrue,
        int[] CalibrationCounts,
        double CalibrationError,
        Point[] OperatingPoints,
        double[] WilsonAccuracy,
        double[] WilsonSensitivity,
        double[] WilsonSpecificity,
        double[][] Weights,
        double[][] Probabilities
    );

    internal sealed record Point(double? Threshold, double Sensitivity, double Specificity);

    internal sealed record TSneMap(
        float[][] Vectors,
        double Perplexity,
        int Neighbours,
        double[][] Map,
        double MapTrustworthiness,
        double MedianTrustworthiness
    );

    /// <summary>Compares everything that the answer says with what this library says.</summary>
    public static void AssertEqual(Question asked, Answer expected)
    {
        Prediction[] predictions = asked.Predictions;
        ClassificationMetrics metrics = ClassificationMetrics.Compute(predictions, asked.Threshold);
        foreach (MetricKind kind in MetricValues.Kinds)
            Assert.Equal(expected.Values[(int)kind], metrics.Values[kind]!.Value, 1e-9);
        ConfusionMatrix at = metrics.Confusion;
        Assert.Equal(expected.Confusion, (int[])[at.Tp, at.Fp, at.Tn, at.Fn]);

        CalibrationCurve calibration = CalibrationCurve.Compute(predictions);
        AssertClose(expected.CalibrationMean, [.. calibration.Bins.Select(b => b.MeanProbability)]);
        AssertClose(expected.CalibrationTrue, [.. calibration.Bins.Select(b => b.PositiveShare)]);
        Assert.Equal(expected.CalibrationCounts, calibration.Bins.Select(b => b.Images));
        Assert.Equal(expected.CalibrationError, calibration.ExpectedError!.Value, 1e-9);

        IReadOnlyList<OperatingPoint> points = OperatingPoint.Compute(predictions);
        Assert.Equal(expected.OperatingPoints.Length, points.Count);
        foreach ((Point truth, OperatingPoint point) in expected.OperatingPoints.Zip(points))
        {
            Assert.Equal(truth.Threshold, point.Threshold);
            AssertClose([truth.Sensitivity, truth.Specificity], [point.Sensitivity, point.Specificity]);
        }

        AssertClose(expected.WilsonAccuracy, Ends(at.Tp + at.Tn, at.Count));
        AssertClose(expected.WilsonSensitivity, Ends(at.Tp, at.Positives));
        AssertClose(expected.WilsonSpecificity, Ends(at.Tn, at.Negatives));
    }

    private static double[] Ends(int part, int whole)
    {
        var share = new Proportion(part, whole);
        return [share.Lower!.Value, share.Upper!.Value];
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((double x, double y) in expected.Zip(actual))
            Assert.Equal(x, y, 1e-9);
    }
}
