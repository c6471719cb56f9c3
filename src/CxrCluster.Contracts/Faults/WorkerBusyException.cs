namespace CxrCluster.Contracts.Faults;

/// <summary>Every place in a worker's queue is taken. Try another worker, or the same one later.</summary>
[GenerateSerializer, Alias("worker-busy")]
public sealed class WorkerBusyException : Exception
{
    /// <summary>With a sentence that names the thing and the remedy.</summary>
    public WorkerBusyException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public WorkerBusyException(string message, Exception innerException)
        : base(message, innerException) { }
}
