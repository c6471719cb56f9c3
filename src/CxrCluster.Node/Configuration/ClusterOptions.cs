namespace CxrCluster.Node.Configuration;

/// <summary>How nodes find each other, section "Cluster" of the configuration.</summary>
public sealed class ClusterOptions
{
    /// <summary>Localhost: this process is the whole cluster. Redis: the nodes meet in a Redis.</summary>
    public ClusterProvider Provider { get; set; } = ClusterProvider.Localhost;

    /// <summary>StackExchange.Redis connection string, for Redis ("host:6379,password=...").</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Nodes of one id form one cluster.</summary>
    public string ClusterId { get; set; } = "cxr";

    /// <summary>Address the other nodes reach this one at.</summary>
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>Port between nodes; 0 takes a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Provider == ClusterProvider.Redis && string.IsNullOrWhiteSpace(ConnectionString))
            yield return "Cluster:ConnectionString is empty: with Cluster:Provider=Redis it names the Redis, as in 127.0.0.1:6379.";
        if (string.IsNullOrWhiteSpace(ClusterId))
            yield return "Cluster:ClusterId is empty: nodes of one id form one cluster.";
        if (!System.Net.IPAddress.TryParse(AdvertisedAddress, out _))
            yield return $"Cluster:AdvertisedAddress '{AdvertisedAddress}' is not an IP address.";
        if (SiloPort is < 0 or > 65535)
            yield return $"Cluster:SiloPort is {SiloPort}: set a port between 1 and 65535, or 0 for a free one.";
    }
}
