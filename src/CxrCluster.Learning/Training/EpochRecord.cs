namespace CxrCluster.Learning.Training;

/// <summary>What one epoch of a training did.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Adam's, in this epoch.</param>
/// <param name="TrainingLoss">Mean cross-entropy of the augmented training images while the weights changed.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation images at its end; null without any.</param>
/// <param name="ValidationAuc">Their area under the ROC curve; null without any.</param>
/// <param name="Seconds">Time in its steps and its validation; time between steps, when others compute, is not in it.</param>
/// <param name="DataWaitShare">Share of that time in which the device waited for the next batch, [0, 1].</param>
public sealed record EpochRecord(
    int Epoch,
    double LearningRate,
    double TrainingLoss,
    double? ValidationLoss,
    double? ValidationAuc,
    double Seconds,
    double DataWaitShare
);
