using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Jobs;

/// <summary>
/// Looks every two seconds for parts that ought to run and wakes their coordinators: how a job goes on after its node died.
/// (Orleans' reminders have a floor of one minute.) Runs on nodes of role jobs.
/// </summary>
public sealed partial class JobWatchdog(
    IGrainFactory grains,
    IJobStore jobs,
    TimeProvider time,
    ILogger<JobWatchdog> logger
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
                foreach ((var job, var hospital) in await jobs.ListRunningAsync(stoppingToken))
                    await grains.GetGrain<IScoringJobGrain>($"{job}/{hospital}").EnsureRunning();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1201, LogLevel.Warning, "Cannot look for interrupted jobs ({Kind}: {Cause}); trying again in 2 s")]
    private static partial void LogFailed(ILogger logger, string kind, string cause);
}
