namespace CxrCluster.Contracts.Faults;

/// <summary>A newer activation of the same coordinator has taken over: this one must stop and write nothing.</summary>
[GenerateSerializer, Alias("stale-coordinator")]
public sealed class StaleCoordinatorException : Exception
{
    /// <summary>With a sentence that names the thing and the remedy.</summary>
    public StaleCoordinatorException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public StaleCoordinatorException(string message, Exception innerException)
        : base(message, innerException) { }
}
