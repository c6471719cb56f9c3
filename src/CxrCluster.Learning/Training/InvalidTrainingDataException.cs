namespace CxrCluster.Learning.Training;

/// <summary>The data given cannot be trained on; the message says what is wrong with it and what to change.</summary>
public sealed class InvalidTrainingDataException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InvalidTrainingDataException()
        : this("The training data cannot be used.") { }

    /// <summary>Creates the exception with a sentence that names the data, the cause and the remedy.</summary>
    public InvalidTrainingDataException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a sentence that names the data, the cause and the remedy.</summary>
    public InvalidTrainingDataException(string message, Exception innerException)
        : base(message, innerException) { }
}
