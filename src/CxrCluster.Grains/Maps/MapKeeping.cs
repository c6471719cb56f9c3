using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Maps;

/// <summary>
/// Keeps the map up to date. Runs on every node of role jobs; the first of them by name does the work. When two believe to
/// be the first they compute the same map twice, which does no harm.
/// </summary>
public sealed partial class MapKeeping(
    MapMaker maker,
    IWorkerDirectory directory,
    ILocalSiloDetails self,
    IOptions<MapOptions> options,
    TimeProvider time,
    ILogger<MapKeeping> logger
) : BackgroundService
{
    /// <summary>After the start other things come first, joining the cluster among them.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan first = options.Value.Period < FirstLook ? options.Value.Period : FirstLook;
        await Task.Delay(first, time, stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Period, time);
        do
        {
            try
            {
                if (IsFirst())
                    await maker.MakeIfDueAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message, options.Value.Period);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsFirst() =>
        directory
            .LiveNodes()
            .Where(node => node.Roles.Contains(NodeRoles.Jobs, StringComparer.Ordinal))
            .MinBy(node => node.Name.Value, StringComparer.Ordinal)
            ?.Silo.Equals(self.SiloAddress) == true;

    [LoggerMessage(
        1332,
        LogLevel.Warning,
        "The map of the embeddings could not be made ({Kind}: {Cause}); the last one stays, trying again in {Period}"
    )]
    private static partial void LogFailed(ILogger logger, string kind, string cause, TimeSpan period);
}
