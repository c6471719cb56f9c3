using CxrCluster.Contracts.Faults;
using CxrCluster.Node.Configuration;
using CxrCluster.Node.Hosting;
using CxrCluster.Storage;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace CxrCluster.Cli.Doctor;

/// <summary>Tries what a node keeps its data in and meets the others in.</summary>
/// <param name="configuration">The node's.</param>
/// <param name="dataFolder">Where everything lies that the configuration puts nowhere else.</param>
internal sealed class Engines(IConfiguration configuration, string dataFolder)
{
    private readonly IConfiguration _all = new ConfigurationBuilder()
        .AddInMemoryCollection(EmbeddedSetup.Configuration(dataFolder))
        .AddConfiguration(configuration)
        .Build();

    /// <summary>Writes and reads in catalogue and blob store.</summary>
    public Task<CheckResult> StorageAsync(CancellationToken cancellationToken) =>
        TryAsync(
            "storage",
            async () =>
            {
                var catalogue = _all.GetSection("Catalogue").Get<CatalogueOptions>() ?? new CatalogueOptions();
                var blobs = _all.GetSection("Blobs").Get<BlobOptions>() ?? new BlobOptions();
                await using ServiceProvider services = new ServiceCollection()
                    .AddCxrStorage(catalogue, blobs)
                    .BuildServiceProvider();
                await services.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(cancellationToken);
                await services.GetRequiredService<IBlobStore>().CheckAsync(cancellationToken);
                return CheckResult.Ok(
                    "storage",
                    $"catalogue in {catalogue.Provider}, blobs in {blobs.Provider}: written and read"
                );
            }
        );

    /// <summary>Asks the Redis of the cluster's membership.</summary>
    public Task<CheckResult> MembershipAsync() =>
        TryAsync(
            "cluster",
            async () =>
            {
                var cluster = _all.GetSection("Cluster").Get<ClusterOptions>() ?? new ClusterOptions();
                if (cluster.Provider == ClusterProvider.Localhost)
                    return CheckResult.Ok("cluster", "one process, no membership to join");
                try
                {
                    await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.ConnectionString);
                    TimeSpan answer = await redis.GetDatabase().PingAsync();
                    return CheckResult.Ok("cluster", $"Redis answers in {answer.TotalMilliseconds:0.0} ms");
                }
                catch (RedisException)
                {
                    // its message speaks of switches that nobody here can set
                    return CheckResult.Fail(
                        "cluster",
                        "the Redis of Cluster:ConnectionString does not answer. Start it, or correct address and password."
                    );
                }
            }
        );

    /// <summary>Asks a gateway whether it is ready.</summary>
    public static async Task<CheckResult> GatewayAsync(string url, CancellationToken cancellationToken)
    {
        const string name = "gateway";
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(10) };
            using HttpResponseMessage response = await http.GetAsync("/health/ready", cancellationToken);
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? CheckResult.Ok(name, $"{url} is ready")
                : CheckResult.Warn(name, $"{url} is not ready: {body}");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or UriFormatException
                || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return CheckResult.Fail(
                name,
                $"{url} cannot be reached ({exception.Message.TrimEnd('.')}). Start it, or correct CXR_URL."
            );
        }
    }

    private static async Task<CheckResult> TryAsync(string name, Func<Task<CheckResult>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception)
            when (exception
                    is StorageUnavailableException
                        or InvalidOperationException
                        or Microsoft.Extensions.Options.OptionsValidationException
                        or ArgumentException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return CheckResult.Fail(
                name,
                $"{exception.Message.TrimEnd('.')}. Correct the configuration, or start the engine."
            );
        }
    }
}
