using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>Keeps one <see cref="SweepCoordinator"/> running as long as a sweep runs.</summary>
[RequireRole(NodeRoles.Training), KeepAlive, GrainType("sweep")]
public sealed partial class SweepGrain(SweepCoordinator coordinator, ILogger<SweepGrain> logger)
    : Grain,
        ISweepGrain,
        IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <inheritdoc />
    public Task EnsureRunning()
    {
        if (_work.IsCompleted && !_stopping.IsCancellationRequested)
            _work = RunAsync();
        else
            coordinator.Wake();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        try
        {
            await coordinator.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            LogStopped(logger);
        }
        catch (Exception exception)
        {
            // The watchdog starts it again in a moment; the rows say where to go on.
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(1621, LogLevel.Information, "Sweeps: stopped here; they go on elsewhere")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(1622, LogLevel.Error, "Sweeps: interrupted; they are resumed from the catalogue")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
