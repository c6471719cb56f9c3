namespace CxrCluster.Learning.Data;

/// <summary>A file of squares is damaged, cut off or of another version; the message says which and what to do.</summary>
public sealed class InvalidSquaresException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InvalidSquaresException()
        : this("The file of squares cannot be used.") { }

    /// <summary>Creates the exception with a sentence that names the file, the cause and the remedy.</summary>
    public InvalidSquaresException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a sentence that names the file, the cause and the remedy.</summary>
    public InvalidSquaresException(string message, Exception innerException)
        : base(message, innerException) { }
}
