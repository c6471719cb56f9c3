namespace CxrCluster.Node.Configuration;

/// <summary>Where the cluster's membership is kept.</summary>
public enum ClusterProvider
{
    /// <summary>Nowhere: one process.</summary>
    Localhost,

    /// <summary>In Redis.</summary>
    Redis,
}
