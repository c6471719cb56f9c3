using System.Text.Json.Serialization;

namespace CxrCluster.Evaluation.Metrics;

/// <summary>Counts of predictions by truth. A ratio without a denominator is null, never NaN.</summary>
/// <param name="Tp">Positives predicted positive.</param>
/// <param name="Fp">Negatives predicted positive.</param>
/// <param name="Tn">Negatives predicted negative.</param>
/// <param name="Fn">Positives predicted negative.</param>
public sealed record ConfusionMatrix(int Tp, int Fp, int Tn, int Fn)
{
    /// <summary>All predictions.</summary>
    [JsonIgnore]
    public int Count => Tp + Fp + Tn + Fn;

    /// <summary>Positives in truth.</summary>
    [JsonIgnore]
    public int Positives => Tp + Fn;

    /// <summary>Negatives in truth.</summary>
    [JsonIgnore]
    public int Negatives => Tn + Fp;

    /// <summary>(TP + TN) / n.</summary>
    [JsonIgnore]
    public double? Accuracy => Ratio(Tp + Tn, Count);

    /// <summary>TP / (TP + FN), also called recall.</summary>
    [JsonIgnore]
    public double? Sensitivity => Ratio(Tp, Positives);

    /// <summary>TN / (TN + FP).</summary>
    [JsonIgnore]
    public double? Specificity => Ratio(Tn, Negatives);

    /// <summary>TP / (TP + FP), also called positive predictive value.</summary>
    [JsonIgnore]
    public double? Precision => Ratio(Tp, Tp + Fp);

    /// <summary>2 TP / (2 TP + FP + FN).</summary>
    [JsonIgnore]
    public double? F1 => Ratio(2 * Tp, 2 * Tp + Fp + Fn);

    /// <summary>Counts at a threshold; a probability equal to it is predicted positive.</summary>
    public static ConfusionMatrix Of(IEnumerable<Prediction> predictions, double threshold)
    {
        int tp = 0,
            fp = 0,
            tn = 0,
            fn = 0;
        foreach (Prediction prediction in predictions)
        {
            switch (prediction.Label, prediction.Predicted(threshold))
            {
                case (1, 1):
                    tp++;
                    break;
                case (0, 1):
                    fp++;
                    break;
                case (0, 0):
                    tn++;
                    break;
                default:
                    fn++;
                    break;
            }
        }
        return new ConfusionMatrix(tp, fp, tn, fn);
    }

    private static double? Ratio(int numerator, int denominator) =>
        denominator == 0 ? null : (double)numerator / denominator;
}
