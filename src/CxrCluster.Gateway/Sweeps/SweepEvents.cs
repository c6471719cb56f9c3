using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.Hosting;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>Follows a sweep in the catalogue, so that any gateway can tell of any sweep, whoever coordinates it.</summary>
internal sealed class SweepEvents(ISweepStore sweeps, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>A change is told within this time.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Without a change the last event comes again after this time, so that proxies keep the connection.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>"progress" events, and one "done" event at the end. Ends with the sweep, the caller or the process.</summary>
    public async IAsyncEnumerable<SseItem<SweepView>> WatchAsync(
        SweepId id,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using var timer = new PeriodicTimer(Period, time);
        string last = "";
        long told = time.GetTimestamp();
        do
        {
            if (await sweeps.ReadProgressAsync(id, cancellationToken) is not { } sweep)
                yield break;
            bool ended = sweep.State is SweepState.Done or SweepState.Failed or SweepState.Cancelled;
            string now = Digest(sweep);
            if (ended || now != last || time.GetElapsedTime(told) >= Silence)
            {
                yield return new SseItem<SweepView>(SweepView.From(sweep), ended ? "done" : "progress");
                last = now;
                told = time.GetTimestamp();
            }
            if (ended)
                yield break;
        } while (await NextAsync(timer, end.Token));
    }

    /// <summary>Differs whenever there is something new to tell.</summary>
    private static string Digest(SweepProgress sweep) =>
        $"{sweep.State} "
        + string.Join(' ', sweep.Runs.Select(r => $"{r.Key} {r.State} {r.Slot} {r.EpochsDone} {r.Step} {r.Reason}"));

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false; // the caller left, or the process stops: the stream just ends
        }
    }
}
