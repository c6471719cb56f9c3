namespace CxrCluster.Learning.Weights;

/// <summary>A weights file cannot be used; the message names the file, what is wrong with it and the remedy.</summary>
public sealed class InvalidWeightsException : Exception
{
    /// <summary>Creates the exception with a whole sentence.</summary>
    public InvalidWeightsException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
