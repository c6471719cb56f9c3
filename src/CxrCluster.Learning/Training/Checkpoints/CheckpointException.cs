namespace CxrCluster.Learning.Training;

/// <summary>A checkpoint could not be written, or cannot be gone on from; the message says why and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CheckpointException()
        : this("The checkpoint cannot be used.") { }

    /// <summary>Creates the exception with a sentence that names the checkpoint, the cause and the remedy.</summary>
    public CheckpointException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a sentence that names the checkpoint, the cause and the remedy.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException) { }
}
