using CxrCluster.Contracts.Faults;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Workers;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Scoring;

/// <summary>
/// Calls some worker of a pool until one answers: a busy one is passed over, a dead one rests, none at all is waited for.
/// </summary>
internal sealed partial class WorkerCalls<TWorker>(
    string stage,
    WorkerPool<TWorker> pool,
    Func<TWorker, SiloAddress?> incarnation,
    ScoringOptions options,
    CxrInstruments instruments,
    TimeProvider time,
    ILogger logger
)
    where TWorker : notnull
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <param name="call">Calls the worker it is given.</param>
    /// <param name="mostCalls">A worker with so many calls under way is passed over.</param>
    /// <param name="patience">After this long the last failure counts.</param>
    /// <param name="losses">Processes that died while they handled this image, over all stages.</param>
    /// <exception cref="WorkerUnavailableException">Patience ended, or too many processes died over this image.</exception>
    public async Task<TReply> CallAsync<TReply>(
        Func<TWorker, CancellationToken, Task<TReply>> call,
        int mostCalls,
        TimeSpan patience,
        HashSet<SiloAddress> losses,
        CancellationToken cancellationToken
    )
    {
        long started = time.GetTimestamp();
        string cause = "none was free";
        for (int attempt = 0; ; attempt++)
        {
            if (pool.TryAcquire(mostCalls, out TWorker worker))
            {
                (bool answered, TReply? reply, cause) = await TryAsync(call, worker, losses, cancellationToken);
                if (answered)
                    return reply!;
            }
            else
            {
                instruments.WorkerRetried(stage, "none-free");
            }
            if (losses.Count >= options.MaxWorkerLosses)
                throw new WorkerUnavailableException(
                    $"{losses.Count} processes died while they handled this image; it is not tried again. Look at the image and the nodes' logs."
                );
            if (time.GetElapsedTime(started) > patience)
                throw new WorkerUnavailableException(
                    $"No worker for stage '{stage}' answered within {patience.TotalSeconds:F0} s (last: {cause}). Check that a node of that role runs, then retry."
                );
            await Task.Delay(Pause(attempt), time, cancellationToken);
        }
    }

    private async Task<(bool Answered, TReply? Reply, string Cause)> TryAsync<TReply>(
        Func<TWorker, CancellationToken, Task<TReply>> call,
        TWorker worker,
        HashSet<SiloAddress> losses,
        CancellationToken cancellationToken
    )
    {
        SiloAddress? process = incarnation(worker);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        bool failed = false; // a busy worker works, and so does one that says what is wrong with the image
        try
        {
            return (true, await call(worker, limit.Token).WaitAsync(limit.Token), "");
        }
        catch (WorkerBusyException exception)
        {
            instruments.WorkerRetried(stage, "busy");
            return (false, default, exception.Message);
        }
        catch (Exception exception) when (IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            failed = true;
            if (process is not null && exception is SiloUnavailableException)
                losses.Add(process);
            instruments.WorkerRetried(stage, "unavailable");
            LogRetry(logger, stage, worker.ToString()!, exception.GetType().Name, exception.Message);
            return (false, default, exception.Message);
        }
        finally
        {
            pool.Release(worker, failed);
        }
    }

    /// <summary>What another worker, or the same one later, may not suffer from. Everything else is a defect or final.</summary>
    private static bool IsTransient(Exception exception) =>
        exception is OrleansException or WorkerUnavailableException or TimeoutException or OperationCanceledException;

    private static TimeSpan Pause(int attempt)
    {
        var pause = TimeSpan.FromMilliseconds(20 * Math.Pow(2, Math.Min(attempt, 8)));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(
        1001,
        LogLevel.Warning,
        "Stage {Stage}: worker {Worker} did not answer ({Kind}: {Cause}); trying again"
    )]
    private static partial void LogRetry(ILogger logger, string stage, string worker, string kind, string cause);
}
