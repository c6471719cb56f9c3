using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Workers;

/// <summary>Loads the active model into every slot of this process, at start and whenever another becomes active.</summary>
public sealed partial class SlotWarmer(
    DeviceSlots slots,
    IModelStore models,
    TimeProvider time,
    ILogger<SlotWarmer> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (slots.Count == 0)
            return;
        ModelId? warm = null;
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                if ((await models.FindActiveAsync(stoppingToken))?.Id is not { } active || active == warm)
                    continue;
                for (int i = 0; i < slots.Count; i++)
                    await slots.Get(i).WarmAsync(active.ToString(), stoppingToken);
                warm = active;
                LogWarm(logger, active.ToString(), slots.Count);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1501, LogLevel.Information, "Model {Model} is warm on {Slots} slots")]
    private static partial void LogWarm(ILogger logger, string model, int slots);

    [LoggerMessage(
        1502,
        LogLevel.Warning,
        "The active model could not be loaded ({Kind}: {Cause}); trying again in 2 s"
    )]
    private static partial void LogFailed(ILogger logger, string kind, string cause);
}
