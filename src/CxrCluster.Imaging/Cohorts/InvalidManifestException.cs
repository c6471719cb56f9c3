namespace CxrCluster.Imaging.Cohorts;

/// <summary>A manifest that cannot be used. The message is a sentence with file, line, cause and remedy.</summary>
public sealed class InvalidManifestException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public InvalidManifestException() { }

    /// <summary>Creates the exception with its sentence.</summary>
    public InvalidManifestException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its sentence and the failure underneath.</summary>
    public InvalidManifestException(string message, Exception innerException)
        : base(message, innerException) { }
}
