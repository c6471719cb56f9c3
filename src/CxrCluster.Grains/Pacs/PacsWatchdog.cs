using CxrCluster.Contracts.Pacs;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Pacs;

/// <summary>
/// Makes sure every two seconds that each PACS is looked after by some node, and reads for the metrics how far they are. Runs
/// on nodes of role jobs.
/// </summary>
public sealed partial class PacsWatchdog(
    IGrainFactory grains,
    IPacsStore store,
    CxrInstruments instruments,
    TimeProvider time,
    ILogger<PacsWatchdog> logger
) : BackgroundService
{
    private const int TicksPerCount = 8;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        int tick = 0;
        do
        {
            try
            {
                IReadOnlyList<PacsSource> sources = await store.ListSourcesAsync(stoppingToken);
                foreach (PacsSource source in sources)
                    await grains.GetGrain<IPacsSourceGrain>(source.Hospital.Value).EnsureRunning();
                instruments.PacsSwept([.. sources.Select(s => (s.Hospital, s.RecentAt))]);
                if (sources.Count > 0 && tick++ % TicksPerCount == 0)
                    instruments.PacsCounted(await store.CountAsync(stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1721, LogLevel.Warning, "Cannot look after the PACSs ({Kind}: {Cause}); trying again in 2 s")]
    private static partial void LogFailed(ILogger logger, string kind, string cause);
}
