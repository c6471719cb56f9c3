namespace CxrCluster.Evaluation;

/// <summary>One scored image whose true label is known.</summary>
/// <param name="Image">File name, as in the manifest.</param>
/// <param name="Hospital">Hospital, as in the manifest.</param>
/// <param name="PatientId">Patient within the hospital.</param>
/// <param name="Label">Truth: 1 positive, 0 negative.</param>
/// <param name="Probability">The model's probability of positive, 0 to 1.</param>
/// <exception cref="ArgumentException">Another label than 0 or 1, or a probability outside [0, 1] or NaN.</exception>
public sealed record Prediction(string Image, string Hospital, string PatientId, int Label, double Probability)
{
    /// <summary>Truth: 1 positive, 0 negative.</summary>
    public int Label { get; } =
        Label is 0 or 1
            ? Label
            : throw new ArgumentException($"The label of {Image} is {Label}: a label is 0 or 1.", nameof(Label));

    /// <summary>The model's probability of positive, 0 to 1.</summary>
    public double Probability { get; } =
        Probability is >= 0 and <= 1
            ? Probability
            : throw new ArgumentException(
                $"The probability of {Image} is {Probability}: it must lie in [0, 1]; leave out images that were not scored.",
                nameof(Probability)
            );

    /// <summary>The predicted label: 1 when the probability reaches the threshold.</summary>
    public int Predicted(double threshold) => Probability >= threshold ? 1 : 0;

    /// <summary>The same image with another probability.</summary>
    public Prediction With(double probability) => new(Image, Hospital, PatientId, Label, probability);
}
