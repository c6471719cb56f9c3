using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Reports;

/// <summary>
/// The numbers of Goldstein et al. 2020, "COVID-19 Classification of X-ray Images Using Deep Neural Networks", shown beside
/// ours for orientation: other patients, other machines, not a target.
/// </summary>
internal static class PaperResults
{
    public const string Name = "Goldstein et al. 2020";

    /// <summary>Table 2: accuracy, sensitivity, specificity in percent, with counts where the paper gives them.</summary>
    public static IReadOnlyList<(
        string Model,
        string Accuracy,
        string Sensitivity,
        string Specificity
    )> Table2 { get; } =
    [
        ("ResNet34", "89.4 (313/350)", "87.1 (156/179)", "91.8 (157/171)"),
        ("ResNet50", "89.7 (314/350)", "87.1 (156/179)", "92.4 (158/171)"),
        ("ResNet50, no preprocessing", "85.1 (298/350)", "82.1 (147/179)", "88.3 (151/171)"),
        ("ResNet152", "86.0", "83.2", "90.6"),
        ("CheXpert (DenseNet121)", "84.0", "86.5", "81.2"),
        ("VGG16", "87.7", "87.1", "88.3"),
        ("majority vote", "90.5 (317/350)", "88.8 (159/179)", "92.3 (158/171)"),
    ];

    /// <summary>95 % intervals of the best network over 10 splits x 20 resamples.</summary>
    public static IReadOnlyDictionary<MetricKind, (double Estimate, double Lower, double Upper)> Intervals { get; } =
        new Dictionary<MetricKind, (double, double, double)>
        {
            [MetricKind.Accuracy] = (0.897, 0.84, 0.93),
            [MetricKind.Sensitivity] = (0.871, 0.81, 0.95),
            [MetricKind.Specificity] = (0.924, 0.80, 0.94),
            [MetricKind.RocAuc] = (0.95, 0.91, 0.97),
            [MetricKind.PrAuc] = (0.94, 0.91, 0.97),
        };

    /// <summary>Mean of the 4 nearest training images' predictions, percent.</summary>
    public static (string Accuracy, string Sensitivity) Neighbours { get; } = ("87", "83.2");

    /// <summary>Distances between test and training images, mean ± sd.</summary>
    public static (string All, string Positive, string Negative, string Across) Distances { get; } =
        ("3.9 ± 2.5", "1.4 ± 1.9", "2.2 ± 1.3", "5.8 ± 1.9");

    /// <summary>Images that radiologists marked as hard, and how many percent of them were called right.</summary>
    public static (int Images, int Percent) Hard { get; } = (22, 77);
}
