using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Jobs;
using Microsoft.Extensions.Hosting;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Follows a job in the catalogue, so that any gateway can tell of any job, whoever runs it.</summary>
internal sealed class JobEvents(IJobStore jobs, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>A change is told within this time.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Without a change the last event comes again after this time, so that proxies keep the connection.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>"progress" events, and one "done" event at the end. Ends with the job, the caller or the process.</summary>
    public async IAsyncEnumerable<SseItem<JobView>> WatchAsync(
        JobId id,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using var timer = new PeriodicTimer(Period, time);
        var pace = new JobPace(time);
        IReadOnlyList<HospitalProgress> last = [];
        long told = time.GetTimestamp();
        do
        {
            if (await jobs.ReadProgressAsync(id, cancellationToken) is not { } job)
                yield break;
            IReadOnlyList<HospitalPace> speed = pace.Next(job);
            bool ended = job.State is JobState.Done or JobState.Cancelled;
            if (ended || !job.Hospitals.SequenceEqual(last) || time.GetElapsedTime(told) >= Silence)
            {
                yield return new SseItem<JobView>(JobView.From(job) with { Pace = speed }, ended ? "done" : "progress");
                last = job.Hospitals;
                told = time.GetTimestamp();
            }
            if (ended)
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
