namespace CxrCluster.Gateway.Jobs;

/// <summary>Which images a job is over.</summary>
public enum JobScope
{
    /// <summary>Those that the cluster has, by the time they were received.</summary>
    Ledger,

    /// <summary>Those that the hospitals' PACSs hold, by study date.</summary>
    Pacs,
}
