using System.Threading.Channels;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Jobs;

/// <summary>
/// Reads a part's pending items, keeps a bounded window of them under way and commits their results in batches. The rows
/// are its only memory: run it again after a crash and it goes on where the last commit ended.
/// </summary>
public sealed class JobRun(
    IJobStore jobs,
    IScoringPipeline pipeline,
    ResultCommitter committer,
    IOptions<ScoringOptions> options,
    TimeProvider time
)
{
    private const int PageSize = 500;

    /// <summary>How often a part over a PACS looks for items that were added.</summary>
    private static readonly TimeSpan GatherDelay = TimeSpan.FromMilliseconds(250);

    private readonly ScoringOptions _options = options.Value;

    /// <summary>Returns when every item of the part is final, or the part is not to run.</summary>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">Another run has taken the part over.</exception>
    public async Task RunAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken)
    {
        if (await jobs.TakeOverAsync(job, hospital, cancellationToken) is not { } part)
            return;
        var results = Channel.CreateBounded<JobItemResult>(_options.Window);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task commits = CommitAllAsync(part, results.Reader, failed, cancellationToken);
        Task feeding = FeedAsync(part, results.Writer, failed.Token);
        try
        {
            await feeding;
        }
        catch (OperationCanceledException) when (commits.IsFaulted)
        {
            await commits; // the commit's own error says why
        }
        finally
        {
            results.Writer.TryComplete();
        }
        await commits;
        await jobs.CompleteAsync(part, cancellationToken);
    }

    private async Task FeedAsync(
        JobPart part,
        ChannelWriter<JobItemResult> results,
        CancellationToken cancellationToken
    )
    {
        using var window = new SemaphoreSlim(_options.Window, _options.Window);
        var underway = new List<Task>();
        long after = -1;
        bool closed = false;
        while (true)
        {
            IReadOnlyList<JobItem> page = await jobs.ReadPendingAsync(
                part.Job,
                part.Hospital,
                after,
                PageSize,
                cancellationToken
            );
            if (page.Count == 0)
            {
                if (!await jobs.IsGatheringAsync(part.Job, part.Hospital, cancellationToken))
                {
                    if (closed)
                        break;
                    closed = true; // once more: the last items may have come between the two questions
                    continue;
                }
                await Task.Delay(GatherDelay, time, cancellationToken);
                continue;
            }
            after = page[^1].Ordinal;
            foreach (JobItem item in page)
            {
                await window.WaitAsync(cancellationToken);
                underway.RemoveAll(t => t.IsCompletedSuccessfully);
                underway.Add(ScoreAsync(part, item, results, window, cancellationToken));
            }
        }
        await Task.WhenAll(underway);
    }

    private async Task ScoreAsync(
        JobPart part,
        JobItem item,
        ChannelWriter<JobItemResult> results,
        SemaphoreSlim window,
        CancellationToken cancellationToken
    )
    {
        try
        {
            InstanceRecord instance = item.Instance;
            var source = new ImageSource(instance.BlobKey, instance.Name, instance.View);
            ImageScore score = await pipeline.ScoreAsync(source, part.Model, part.Priority, cancellationToken);
            var record = new ScoreRecord
            {
                Instance = instance.Id,
                Sha256 = instance.Sha256,
                Model = part.Model,
                Score = score,
                ScoredAt = time.GetUtcNow(),
            };
            await results.WriteAsync(new JobItemResult(item.Ordinal, record), cancellationToken);
        }
        finally
        {
            window.Release();
        }
    }

    private async Task CommitAllAsync(
        JobPart part,
        ChannelReader<JobItemResult> results,
        CancellationTokenSource failed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (await ReadBatchAsync(results, cancellationToken) is { Count: > 0 } batch)
                await committer.CommitAsync(part, batch, cancellationToken);
        }
        catch
        {
            await failed.CancelAsync(); // nobody takes results any more: stop feeding
            throw;
        }
    }

    /// <summary>The next results: as many as fit into a commit or came within its delay; none at the end.</summary>
    private async Task<List<JobItemResult>> ReadBatchAsync(
        ChannelReader<JobItemResult> results,
        CancellationToken cancellationToken
    )
    {
        var batch = new List<JobItemResult>(_options.CommitBatch);
        if (!await results.WaitToReadAsync(cancellationToken))
            return batch;
        using var delay = new CancellationTokenSource(_options.CommitDelay, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(delay.Token, cancellationToken);
        try
        {
            do
            {
                while (batch.Count < _options.CommitBatch && results.TryRead(out JobItemResult? result))
                    batch.Add(result);
            } while (batch.Count < _options.CommitBatch && await results.WaitToReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the delay ended: commit what there is
        }
        return batch;
    }
}
