using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace CxrCluster.Gateway.Http;

/// <summary>Follows something in the catalogue, so that any gateway can tell of it, whoever works on it.</summary>
internal sealed class CatalogueEvents(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>A change is told within this time.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Without a change the last event comes again after this time, so that proxies keep the connection.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>"progress" events, and one "done" event at the end. Ends with the thing, the caller or the process.</summary>
    /// <param name="read">The thing now; null when it is not there.</param>
    /// <param name="same">Whether there is nothing new to tell since the one told last.</param>
    /// <param name="ended">Whether nothing will change any more.</param>
    public async IAsyncEnumerable<SseItem<TView>> WatchAsync<TView>(
        Func<CancellationToken, Task<TView?>> read,
        Func<TView, TView, bool> same,
        Func<TView, bool> ended,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TView : class
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using var timer = new PeriodicTimer(Period, time);
        TView? last = null;
        long told = time.GetTimestamp();
        do
        {
            if (await read(cancellationToken) is not { } now)
                yield break;
            bool isLast = ended(now);
            if (isLast || last is null || !same(now, last) || time.GetElapsedTime(told) >= Silence)
            {
                yield return new SseItem<TView>(now, isLast ? "done" : "progress");
                last = now;
                told = time.GetTimestamp();
            }
            if (isLast)
                yield break;
        } while (await NextAsync(timer, end.Token));
    }

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
