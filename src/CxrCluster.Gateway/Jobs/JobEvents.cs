using System.Net.ServerSentEvents;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Gateway.Http;
using CxrCluster.Storage.Jobs;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Follows a job.</summary>
internal sealed class JobEvents(IJobStore jobs, CatalogueEvents events, TimeProvider time)
{
    /// <summary>Its states with its pace, until it ends.</summary>
    public IAsyncEnumerable<SseItem<JobView>> WatchAsync(JobId id, CancellationToken cancellationToken)
    {
        var pace = new JobPace(time);
        return events.WatchAsync(
            async token =>
                await jobs.ReadProgressAsync(id, token) is { } job
                    ? JobView.From(job) with
                    {
                        Pace = pace.Next(job),
                    }
                    : null,
            (now, last) => now.Hospitals.SequenceEqual(last.Hospitals),
            job => job.State is JobState.Done or JobState.Cancelled,
            cancellationToken
        );
    }
}
