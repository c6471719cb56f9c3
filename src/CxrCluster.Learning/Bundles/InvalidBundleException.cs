namespace CxrCluster.Learning.Bundles;

/// <summary>A model bundle cannot be used; the message names the folder or file, what is wrong and the remedy.</summary>
public sealed class InvalidBundleException : Exception
{
    /// <summary>Creates the exception with a whole sentence.</summary>
    public InvalidBundleException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
