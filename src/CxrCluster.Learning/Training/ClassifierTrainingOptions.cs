using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;

namespace CxrCluster.Learning.Training;

/// <summary>How to train one classifier. The defaults suit a few hundred images from random weights on a CPU.</summary>
public sealed record ClassifierTrainingOptions : TrainingOptions
{
    /// <inheritdoc />
    /// <remarks>The paper found 32 best.</remarks>
    public override int Epochs { get; init; } = 32;

    /// <inheritdoc />
    public override int BatchSize { get; init; } = 16;

    /// <inheritdoc />
    /// <remarks>For random initial weights. The paper fine-tunes pretrained ones and begins at 1e-6.</remarks>
    public override double LearningRate { get; init; } = 3e-4;

    /// <inheritdoc />
    /// <remarks>The paper's value.</remarks>
    public override double L2 { get; init; } = 1e-2;

    /// <summary>The model's name: 1 to 63 of a-z, 0-9, dot and hyphen.</summary>
    public string Name { get; init; } = "cxr";

    /// <summary>One of <see cref="ClassifierNetwork.Architectures"/>.</summary>
    public string Architecture { get; init; } = "resnet50";

    /// <summary>Length of the embedding.</summary>
    public int EmbeddingSize { get; init; } = 128;

    /// <summary>Probability of dropping a value between the head's layers, [0, 1).</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>
    /// A safetensors file with the weights to begin with: a whole classifier, or a backbone alone (torchvision's names; an
    /// "fc" layer is ignored) under a random head. Null: random weights.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>
    /// What convolutions compute in while training: <see cref="Precision.Float32"/> or <see cref="Precision.BFloat16"/>. The
    /// weights that are learned, the head and every prediction stay float32.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether the rarer class weighs more in the loss, so that both weigh the same in an epoch.</summary>
    public bool BalancedClasses { get; init; }

    /// <summary>What is done to a radiograph; its side is the classifier's input side.</summary>
    public PreprocessingOptions Preprocessing { get; init; } = new() { Side = 256 };

    /// <summary>Share of the patients that is held out to measure on.</summary>
    public double HeldOutFraction { get; init; } = 0.15;

    /// <summary>
    /// Share of the remaining patients to choose the best epoch by (ROC AUC); 0 trains on them too and takes the last epoch.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>Probability from which an image counts as positive.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <inheritdoc />
    public override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate().Concat(Preprocessing.Validate()))
        {
            yield return problem;
        }

        if (!ClassifierNetwork.Architectures.Contains(Architecture, StringComparer.Ordinal))
        {
            yield return $"The architecture is '{Architecture}'; give one of {string.Join(", ", ClassifierNetwork.Architectures)}.";
        }

        if (Precision is not (Precision.Float32 or Precision.BFloat16))
        {
            yield return $"The precision is {Precision}; give float32 or bfloat16.";
        }

        if (Dropout is not (>= 0 and < 1))
        {
            yield return $"The dropout is {Dropout}; give a value from 0 to below 1.";
        }

        if (HeldOutFraction is not (>= 0 and < 1))
        {
            yield return $"The held-out fraction is {HeldOutFraction}; give a value from 0 to below 1.";
        }

        if (ValidationFraction is not (>= 0 and < 1))
        {
            yield return $"The validation fraction is {ValidationFraction}; give a value from 0 to below 1.";
        }

        if (Threshold is not (>= 0 and <= 1))
        {
            yield return $"The threshold is {Threshold}; give a value between 0 and 1.";
        }
    }
}
