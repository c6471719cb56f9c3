using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>Looks every two seconds for sweeps that ought to run and wakes the coordinator, as the watchdog of jobs does. Runs
/// on nodes of role training.</summary>
public sealed partial class SweepWatchdog(
    IGrainFactory grains,
    ISweepStore sweeps,
    TimeProvider time,
    ILogger<SweepWatchdog> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                if ((await sweeps.ListRunningAsync(stoppingToken)).Count > 0)
                    await grains.GetGrain<ISweepGrain>(0).EnsureRunning();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1641, LogLevel.Warning, "Cannot look for interrupted sweeps ({Kind}: {Cause}); trying again in 2 s")]
    private static partial void LogFailed(ILogger logger, string kind, string cause);
}
