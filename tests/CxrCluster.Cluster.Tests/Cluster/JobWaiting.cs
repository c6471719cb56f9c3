using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Cluster.Tests.Cluster;

/// <summary>Waits on a job's rows.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The progress when the condition holds first.</summary>
    public static async Task<JobProgress> WaitUntilAsync(
        this IJobStore jobs,
        JobId job,
        Func<JobProgress, bool> condition
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            JobProgress progress = (await jobs.ReadProgressAsync(job, limit.Token))!;
            if (condition(progress))
                return progress;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The progress when the job is done.</summary>
    public static Task<JobProgress> WaitUntilDoneAsync(this IJobStore jobs, JobId job) =>
        jobs.WaitUntilAsync(job, p => p.State == JobState.Done);

    /// <summary>Every result, by place in the input.</summary>
    public static async Task<List<(long Ordinal, ScoredInstance Result)>> ResultsAsync(this IJobStore jobs, JobId job)
    {
        var results = new List<(long, ScoredInstance)>();
        await foreach (var result in jobs.ReadResultsAsync(job, 0, TestContext.Current.CancellationToken))
            results.Add(result);
        return results;
    }
}
