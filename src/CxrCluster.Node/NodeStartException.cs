using CxrCluster.Node.Configuration;
using CxrCluster.Node.Hosting;

namespace CxrCluster.Node;

/// <summary>The node could not start; the message names the part, the cause and the remedy.</summary>
public sealed class NodeStartException : Exception
{
    /// <summary>With a sentence for the operator.</summary>
    public NodeStartException(string message)
        : base(message) { }

    /// <summary>With the cause.</summary>
    public NodeStartException(string message, Exception innerException)
        : base(message, innerException) { }

    internal static Exception From(Exception cause, NodeSettings settings) =>
        cause switch
        {
            ConfigurationException => cause,
            IOException when cause.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException =>
                new NodeStartException(
                    $"Another program listens at {settings.Node.Url}. Stop it, or set Node:Url to another port.",
                    cause
                ),
            _ when settings.Cluster.Provider == ClusterProvider.Redis => new NodeStartException(
                $"The node could not join the cluster '{settings.Cluster.ClusterId}': {Innermost(cause)}. Check that the Redis of Cluster:ConnectionString runs and that Cluster:AdvertisedAddress is this machine's.",
                cause
            ),
            _ => new NodeStartException($"The node could not start: {Innermost(cause)}.", cause),
        };

    private static string Innermost(Exception exception) => exception.GetBaseException().Message.TrimEnd('.');
}
