namespace CxrCluster.Contracts.Faults;

/// <summary>A worker is not there (any more): its node left, stopped or never came. Try another one.</summary>
[GenerateSerializer, Alias("worker-unavailable")]
public sealed class WorkerUnavailableException : Exception
{
    /// <summary>With a sentence that names the thing and the remedy.</summary>
    public WorkerUnavailableException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public WorkerUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
