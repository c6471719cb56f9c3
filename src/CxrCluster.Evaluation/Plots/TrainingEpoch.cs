namespace CxrCluster.Evaluation.Plots;

/// <summary>An epoch as the training curves show it.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">Mean cross-entropy of the augmented training images.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation images; null without any.</param>
/// <param name="ValidationAuc">Their area under the ROC curve; null without any.</param>
public sealed record TrainingEpoch(int Epoch, double TrainingLoss, double? ValidationLoss, double? ValidationAuc);
