namespace CxrCluster.Learning.Training;

/// <summary>What a segmenter training did and how good the segmenter is on pairs it has not seen.</summary>
/// <param name="File">The segmenter file written.</param>
/// <param name="TrainingPairs">Pairs trained on.</param>
/// <param name="HeldOutPairs">Pairs held out.</param>
/// <param name="FinalLoss">Mean loss of the last epoch.</param>
/// <param name="HeldOutDice">Dice of every held-out pair at a probability of 0.5 and the network's side, by the pair's name.</param>
public sealed record SegmenterTrainingResult(
    string File,
    int TrainingPairs,
    int HeldOutPairs,
    double FinalLoss,
    IReadOnlyDictionary<string, double> HeldOutDice
)
{
    /// <summary>Mean Dice of the held-out pairs; null when none was held out.</summary>
    public double? MeanDice => HeldOutDice.Count == 0 ? null : HeldOutDice.Values.Average();
}
