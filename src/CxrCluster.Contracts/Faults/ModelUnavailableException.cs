namespace CxrCluster.Contracts.Faults;

/// <summary>A model bundle is not in the blob store or is damaged. Trying again does not help.</summary>
[GenerateSerializer, Alias("model-unavailable")]
public sealed class ModelUnavailableException : Exception
{
    /// <summary>With a sentence that names the thing and the remedy.</summary>
    public ModelUnavailableException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public ModelUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
