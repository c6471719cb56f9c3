namespace CxrCluster.Contracts.Faults;

/// <summary>The catalogue or the blob store does not answer or refuses its credentials. Nothing was lost; try again later.</summary>
[GenerateSerializer, Alias("storage-unavailable")]
public sealed class StorageUnavailableException : Exception
{
    /// <summary>With a sentence that names the engine, the cause and the remedy; never a password.</summary>
    public StorageUnavailableException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
