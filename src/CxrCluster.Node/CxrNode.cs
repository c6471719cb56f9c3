using CxrCluster.Gateway;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Scoring;
using CxrCluster.Node.Configuration;
using CxrCluster.Node.Hosting;
using CxrCluster.Node.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Node;

/// <summary>One process of the cluster: a silo with the roles of its configuration, and its HTTP side.</summary>
public sealed class CxrNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CxrNode(WebApplication app) => _app = app;

    /// <summary>The node's services: stores, jobs, registry, grain factory.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens.</summary>
    public string Url =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Link that signs a browser in once; null without the role gateway.</summary>
    public string? SignInLink =>
        _app.Services.GetService<AccessToken>() is { } token ? token.SignInLink(Url).ToString() : null;

    /// <summary>Bearer token of the API; null without the role gateway.</summary>
    public string? Token => _app.Services.GetService<AccessToken>()?.Value;

    /// <summary>Reads the configuration, waits for the engines, starts the silo.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message says what to change.</exception>
    /// <exception cref="NodeStartException">Catalogue, blob store or membership cannot be reached.</exception>
    public static async Task<CxrNode> StartAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        NodeSettings settings = NodeSettings.Read(configuration);
        WebApplication app = Build(configuration, settings);
        try
        {
            await EngineWait.UntilReadyAsync(app.Services, settings.Node.StartDeadline, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new CxrNode(app);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NodeStartException))
        {
            await app.DisposeAsync();
            throw NodeStartException.From(exception, settings);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the process is told to stop (SIGTERM, Ctrl-C) and the node has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops gracefully: no new work, grains move, queues end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(IConfiguration configuration, NodeSettings settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = Environments.Production,
            }
        );
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddNodeLogging(configuration);
        builder.WebHost.UseUrls(settings.Node.Url);
        builder.Services.AddNodeServices(settings);
        builder.Services.AddNodeTelemetry(settings);
        builder.UseOrleans(silo => silo.Configure(settings.Node, settings.Cluster, settings.Scoring));
        bool gateway = settings.Node.EffectiveRoles.Contains(NodeRoles.Gateway, StringComparer.Ordinal);
        if (gateway)
            builder.Services.AddCxrGateway(settings.Gateway);

        WebApplication app = builder.Build();
        app.MapPrometheusScrapingEndpoint().AllowAnonymous();
        if (gateway)
            app.MapCxrGateway();
        else
            app.MapCxrHealth();
        return app;
    }
}
