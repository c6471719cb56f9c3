using CxrCluster.Imaging.Augmentation;

namespace CxrCluster.Learning.Training;

/// <summary>What every training can be told: Adam with exponential decay and L2, over shuffled batches.</summary>
public abstract record TrainingOptions
{
    /// <summary>Passes over the training images.</summary>
    public abstract int Epochs { get; init; }

    /// <summary>Images per step, at most; an epoch's batches differ in size by one at most. At least 2 (batch normalisation).</summary>
    public abstract int BatchSize { get; init; }

    /// <summary>Adam's learning rate in the first epoch.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>
    /// The last epoch's learning rate as a fraction of the first; in between it decays exponentially, epoch by epoch.
    /// 1 keeps it constant.
    /// </summary>
    public double FinalLearningRateFraction { get; init; } = 0.05;

    /// <summary>
    /// L2 penalty on the weights of convolutions and linear layers (Adam's coupled weight decay); biases and batch
    /// normalisation are free.
    /// </summary>
    public abstract double L2 { get; init; }

    /// <summary>Largest norm of a step's gradient over all parameters; longer ones are scaled down. Null: no limit.</summary>
    public double? GradientClip { get; init; }

    /// <summary>Seed of the split, of the initial weights, of the order of the images and of their augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>"cpu" or "cuda:N".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Threads that compute; null leaves the process's setting. Equal seeds give equal bits only at equal thread counts,
    /// on the CPU.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Random changes to the training images.</summary>
    public virtual AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>What is wrong with these options, a sentence each; nothing when they can be used.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (Epochs < 1)
        {
            yield return $"The number of epochs is {Epochs}; give at least 1.";
        }

        if (BatchSize < 2)
        {
            yield return $"The batch size is {BatchSize}; batch normalisation needs at least 2.";
        }

        if (LearningRate is not (> 0 and < 1))
        {
            yield return $"The learning rate is {LearningRate}; give a value above 0 and below 1, such as 0.0003.";
        }

        if (FinalLearningRateFraction is not (> 0 and <= 1))
        {
            yield return $"The final learning rate fraction is {FinalLearningRateFraction}; give a value in (0, 1].";
        }

        if (L2 is not (>= 0 and < 1))
        {
            yield return $"The L2 penalty is {L2}; give a value from 0 to below 1, such as 0.01.";
        }

        if (GradientClip is not (null or > 0))
        {
            yield return $"The gradient clip is {GradientClip}; give a value above 0, or leave it out.";
        }

        if (Threads is < 1)
        {
            yield return $"The number of threads is {Threads}; give at least 1, or leave it out.";
        }

        if (!TrainingDevice.IsName(Device))
        {
            yield return $"The device is '{Device}'; give cpu or cuda:N.";
        }

        foreach (var problem in Augmentation.Validate())
        {
            yield return problem;
        }
    }

    /// <exception cref="ArgumentException">An option is out of range; the message has a sentence for each.</exception>
    internal static void ThrowIfInvalid(TrainingOptions options)
    {
        var problems = string.Join(' ', options.Validate());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }
    }
}
