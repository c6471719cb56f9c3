using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Jobs;

/// <summary>One hospital's part of a job; starts a <see cref="JobRun"/> and forgets it when it ends.</summary>
[RequireRole(NodeRoles.Jobs), KeepAlive, GrainType("scoring-job")]
public sealed partial class ScoringJobGrain(JobRun run, ILogger<ScoringJobGrain> logger)
    : Grain,
        IScoringJobGrain,
        IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <inheritdoc />
    public Task EnsureRunning()
    {
        if (_work.IsCompleted && !_stopping.IsCancellationRequested)
            _work = RunAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        DeactivateOnIdle();
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
        string[] key = this.GetPrimaryKeyString().Split('/');
        try
        {
            await run.RunAsync(new JobId(key[0]), new HospitalId(key[1]), _stopping.Token);
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            LogStopped(logger, key[0], key[1]);
        }
        catch (StaleCoordinatorException exception)
        {
            LogStale(logger, key[0], key[1], exception.Message);
            DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            // The watchdog starts it again in a moment; the rows say where to go on.
            LogFailed(logger, exception, key[0], key[1]);
        }
    }

    [LoggerMessage(
        1101,
        LogLevel.Information,
        "Job {Job}, hospital {Hospital}: stopped here; it goes on elsewhere or was cancelled"
    )]
    private static partial void LogStopped(ILogger logger, string job, string hospital);

    [LoggerMessage(
        1102,
        LogLevel.Warning,
        "Job {Job}, hospital {Hospital}: another coordinator has taken over ({Cause})"
    )]
    private static partial void LogStale(ILogger logger, string job, string hospital, string cause);

    [LoggerMessage(
        1103,
        LogLevel.Error,
        "Job {Job}, hospital {Hospital}: interrupted; it is resumed from the catalogue"
    )]
    private static partial void LogFailed(ILogger logger, Exception exception, string job, string hospital);
}
