namespace CxrCluster.Learning.Training;

/// <summary>Where a training stands; reported after every step, and once more per epoch when a metric is known.</summary>
/// <param name="Phase">What is being done, in a word or two ("preprocess", "segmenter", "classifier", "held out").</param>
/// <param name="Epoch">The running epoch, from 1; 0 in phases without epochs.</param>
/// <param name="Epochs">How many epochs there will be; 0 in phases without epochs.</param>
/// <param name="Step">Steps done in this epoch, from 1.</param>
/// <param name="Steps">Steps per epoch.</param>
/// <param name="Loss">Mean loss of the epoch so far; NaN in phases without a loss.</param>
/// <param name="Metric">Value of the validation or held-out metric, when this report brings one.</param>
/// <param name="MetricName">Name of <paramref name="Metric"/> ("Dice", "ROC AUC").</param>
public sealed record TrainingProgress(
    string Phase,
    int Epoch,
    int Epochs,
    int Step,
    int Steps,
    double Loss,
    double? Metric = null,
    string? MetricName = null
);
