namespace CxrCluster.Evaluation.Metrics;

/// <summary>The metrics that get an interval, in the order of files and tables. See <see cref="ClassificationMetrics"/>.</summary>
public enum MetricKind
{
    /// <summary>Share of images that are called right.</summary>
    Accuracy,

    /// <summary>Share of positives that are called positive.</summary>
    Sensitivity,

    /// <summary>Share of negatives that are called negative.</summary>
    Specificity,

    /// <summary>Share of images called positive that are.</summary>
    Precision,

    /// <summary>Harmonic mean of precision and sensitivity.</summary>
    F1,

    /// <summary>Area under the ROC curve.</summary>
    RocAuc,

    /// <summary>Average precision.</summary>
    PrAuc,

    /// <summary>Mean squared difference between probability and label; smaller is better.</summary>
    Brier,
}
