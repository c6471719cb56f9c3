namespace CxrCluster.Imaging;

/// <summary>A file that cannot be used as a radiograph. The message is a sentence with file, cause and remedy.</summary>
public sealed class UnreadableImageException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public UnreadableImageException() { }

    /// <summary>Creates the exception with its sentence.</summary>
    public UnreadableImageException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its sentence and the failure underneath.</summary>
    public UnreadableImageException(string message, Exception innerException)
        : base(message, innerException) { }
}
