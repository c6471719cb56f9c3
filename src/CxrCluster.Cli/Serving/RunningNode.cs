using CxrCluster.Cli.Terminal;
using CxrCluster.Node;
using CxrCluster.Node.Configuration;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Cli.Serving;

/// <summary>A node of this process: alone over a data folder of its own, or one of several.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly IAsyncDisposable _owner;

    private RunningNode(CxrNode node, IAsyncDisposable owner) => (Node, _owner) = (node, owner);

    /// <summary>The node.</summary>
    public CxrNode Node { get; }

    /// <summary>Starts it as the configuration says.</summary>
    /// <param name="dataFolder">Where a node that is alone keeps everything.</param>
    /// <exception cref="CommandException">It is alone and its folder or address is taken.</exception>
    /// <exception cref="NodeStartException">Its engines cannot be reached.</exception>
    public static async Task<RunningNode> StartAsync(
        IConfiguration configuration,
        string dataFolder,
        CancellationToken cancellationToken
    )
    {
        string provider = configuration["Cluster:Provider"] ?? nameof(ClusterProvider.Localhost);
        if (!string.Equals(provider, nameof(ClusterProvider.Localhost), StringComparison.OrdinalIgnoreCase))
        {
            CxrNode node = await CxrNode.StartAsync(configuration, cancellationToken);
            return new RunningNode(node, node);
        }
        try
        {
            LocalCluster cluster = await LocalCluster.StartAsync(
                dataFolder,
                configuration.AsEnumerable().ToDictionary(StringComparer.OrdinalIgnoreCase),
                cancellationToken
            );
            return new RunningNode(cluster.Node, cluster);
        }
        catch (NodeStartException exception)
        {
            throw new CommandException(ExitCodes.WrongUsage, exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _owner.DisposeAsync();
}
