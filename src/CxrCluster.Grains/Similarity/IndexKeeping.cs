using CxrCluster.Contracts.Similarity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Similarity;

/// <summary>Wakes the index keeper, on every node of role index: whoever is left does it.</summary>
public sealed partial class IndexKeeping(
    IGrainFactory grains,
    IOptions<IndexOptions> options,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<IndexKeeping> logger
) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // before the silo has started there is nobody to wake
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Period, time);
        do
        {
            try
            {
                await grains.GetGrain<IIndexKeeperGrain>(0).LookAfter(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(
        1314,
        LogLevel.Warning,
        "The indexes were not looked after ({Kind}: {Cause}); trying again in a moment"
    )]
    private static partial void LogFailed(ILogger logger, string kind, string cause);
}
