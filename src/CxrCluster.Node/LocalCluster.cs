using CxrCluster.Node.Hosting;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Node;

/// <summary>A whole cluster in this process: every role, SQLite and plain files in one folder.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly DataFolderLock _lock;

    private LocalCluster(CxrNode node, DataFolderLock folder)
    {
        Node = node;
        _lock = folder;
    }

    /// <summary>The one node.</summary>
    public CxrNode Node { get; }

    /// <summary>Starts it in the folder, which belongs to one process at a time.</summary>
    /// <param name="dataFolder">Created if it is not there; keeps catalogue and blobs between runs.</param>
    /// <param name="more">Settings beside <see cref="EmbeddedSetup"/>'s, such as "Inference:Precision"; they win.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="NodeStartException">Another process uses the folder, or it cannot be written.</exception>
    public static async Task<LocalCluster> StartAsync(
        string dataFolder,
        IReadOnlyDictionary<string, string?>? more,
        CancellationToken cancellationToken
    )
    {
        DataFolderLock folder = DataFolderLock.Take(dataFolder);
        try
        {
            IConfiguration configuration = new ConfigurationBuilder()
                .AddInMemoryCollection(EmbeddedSetup.Configuration(dataFolder))
                .AddInMemoryCollection(more ?? new Dictionary<string, string?>(StringComparer.Ordinal))
                .Build();
            return new LocalCluster(await CxrNode.StartAsync(configuration, cancellationToken), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops the node, then frees the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _lock.Dispose();
    }
}
