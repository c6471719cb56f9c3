namespace CxrCluster.Learning.Training;

/// <summary>The loss or the weights became no numbers before there was an epoch to keep.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TrainingDivergedException()
        : this("The training diverged; lower the learning rate.") { }

    /// <summary>Creates the exception with a sentence that names the cause and the remedy.</summary>
    public TrainingDivergedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a sentence that names the cause and the remedy.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException) { }
}
