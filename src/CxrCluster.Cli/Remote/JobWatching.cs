using System.Net.ServerSentEvents;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Gateway.Jobs;

namespace CxrCluster.Cli.Remote;

/// <summary>Follows a job by its server-sent events.</summary>
internal static class JobWatching
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Shows bars until the job has ended, and returns its last state. A lost connection is taken up again.</summary>
    public static async Task<JobView> WatchAsync(
        CliContext context,
        ClusterClient cluster,
        string job,
        CancellationToken cancellationToken
    )
    {
        using ProgressBoard board = context.Terminal.StartProgress();
        var bars = new JobBars(board);
        while (true)
        {
            if (await FollowAsync(cluster, job, bars, cancellationToken) is { } ended)
                return ended;
            await Task.Delay(RetryAfter, context.Time, cancellationToken);
        }
    }

    /// <summary>What the process returns for a job in this state.</summary>
    public static int ExitCode(JobView job) =>
        job.State == JobState.Cancelled || job.Scored + job.Excluded == 0 ? ExitCodes.NothingDone
        : job.Failed > 0 ? ExitCodes.SomeFailed
        : ExitCodes.Done;

    private static async Task<JobView?> FollowAsync(
        ClusterClient cluster,
        string job,
        JobBars bars,
        CancellationToken cancellationToken
    )
    {
        using HttpResponseMessage response = await cluster.SendAsync(
            HttpMethod.Get,
            $"{JobArgument.Path(job)}/events",
            content: null,
            cancellationToken
        );
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            {
                JobView now = ClusterClient.Parse<JobView>(item.Data);
                bars.Show(new JobProgress(now.Id, now.Model, now.State, now.Hospitals));
                if (now.State is JobState.Done or JobState.Cancelled)
                    return now;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null; // the gateway restarts or another takes over: ask again
        }
        return null;
    }
}
