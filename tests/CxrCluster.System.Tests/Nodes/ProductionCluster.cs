using CxrCluster.System.Tests.Engines;

namespace CxrCluster.System.Tests.Nodes;

/// <summary>Redis, PostgreSQL and Azurite of our own, and nodes as separate processes over them.</summary>
internal sealed class ProductionCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-system-").FullName;
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProcess> _nodes = new(StringComparer.Ordinal);
    private readonly List<EngineProcess> _engines = [];

    /// <summary>Bearer token of every gateway.</summary>
    public const string Token = "system-test-token-0123456789";

    /// <summary>A folder for the test's own files; goes away with the cluster.</summary>
    public string Folder => _folder;

    /// <summary>The catalogue's connection string.</summary>
    public string Catalogue => _settings["Catalogue:ConnectionString"];

    /// <summary>What every node wrote, for a failing test's message.</summary>
    public string Log => string.Join('\n', _nodes.Select(n => $"--- {n.Key}\n{n.Value.Log}"));

    /// <summary>Starts the engines.</summary>
    public static async Task<ProductionCluster> StartAsync()
    {
        var cluster = new ProductionCluster();
        try
        {
            if (!OperatingSystem.IsWindows()) // PostgreSQL runs as its own user and must get in
                File.SetUnixFileMode(cluster._folder, (UnixFileMode)0b111_101_101);
            cluster._settings["Cluster:Provider"] = "Redis";
            cluster._settings["Cluster:ConnectionString"] = await cluster.EngineAsync("redis");
            cluster._settings["Catalogue:Provider"] = "Postgres";
            cluster._settings["Catalogue:ConnectionString"] = await cluster.EngineAsync("postgres");
            cluster._settings["Blobs:Provider"] = "Azure";
            cluster._settings["Blobs:ConnectionString"] = await cluster.EngineAsync("azurite");
            cluster._settings["Privacy:PseudonymKey"] = Convert.ToBase64String(new byte[32]);
            cluster._settings["Gateway:Token"] = Token;
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more node.</summary>
    public async Task<NodeProcess> StartNodeAsync(
        string name,
        string roles,
        CancellationToken cancellationToken,
        params string[] slots
    )
    {
        var settings = new Dictionary<string, string>(_settings, StringComparer.Ordinal)
        {
            ["Node:DataFolder"] = Path.Combine(_folder, name),
        };
        for (int i = 0; i < slots.Length; i++)
            settings[$"Node:Slots:{i}"] = slots[i];
        return _nodes[name] = await NodeProcess.StartAsync(name, roles, settings, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess node in _nodes.Values)
            await node.DisposeAsync();
        foreach (EngineProcess engine in _engines)
            await engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> EngineAsync(string name)
    {
        EngineProcess engine = await EngineProcess.StartAsync(name, Path.Combine(_folder, "engines"));
        _engines.Add(engine);
        return engine.Address;
    }
}
