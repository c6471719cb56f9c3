using System.Runtime.CompilerServices;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Cli.Scoring;

/// <summary>
/// Scores inputs as one job of the cluster in this process. Images that the catalogue has a result for are not computed
/// again, so an interrupted run goes on where it ended.
/// </summary>
internal sealed class ScoringRun(
    ImageIntake intake,
    ScoringJobs jobs,
    IJobStore store,
    CliTerminal terminal,
    TimeProvider time
)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CancelWithin = TimeSpan.FromSeconds(5);

    /// <summary>One result per input, in order, each as soon as all before it are known.</summary>
    public async IAsyncEnumerable<ScoredInput> ScoreAsync(
        ModelId model,
        IReadOnlyList<ImageInput> inputs,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using ProgressBoard board = terminal.StartProgress();
        IReadOnlyList<AdmittedInput> admitted = await new Admission(intake).AdmitAsync(
            inputs,
            board.Add("reading files", inputs.Count),
            cancellationToken
        );
        // Equal content of one hospital is one image: it is scored once, and each input that holds it gets its line.
        List<InstanceId> instances = [.. admitted.Select(a => a.Instance?.Id).OfType<InstanceId>().Distinct()];
        var known = new Dictionary<InstanceId, ScoredInstance>();
        await using IAsyncEnumerator<ScoredInstance> results = FollowAsync(model, instances, board, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        foreach (AdmittedInput input in admitted)
        {
            cancellationToken.ThrowIfCancellationRequested(); // also while results are at hand
            if (input.Instance is not { } instance)
            {
                var reason = new Reason(ReasonCodes.Missing, input.Problem!);
                yield return new ScoredInput(input.Input, null, ImageScore.Failed(reason, milliseconds: 0));
                continue;
            }
            while (!known.ContainsKey(instance.Id) && await results.MoveNextAsync())
                known.Add(results.Current.Instance.Id, results.Current);
            ScoredInstance result = known[instance.Id];
            yield return new ScoredInput(input.Input, result.Instance, result.Score.Score);
        }
    }

    /// <summary>The results of the images in their order, each as soon as it and all before it are there.</summary>
    private async IAsyncEnumerable<ScoredInstance> FollowAsync(
        ModelId model,
        List<InstanceId> instances,
        ProgressBoard board,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (instances.Count == 0)
            yield break;
        JobId job = await jobs.SubmitAsync(model, instances, ScoringPriority.Bulk, cancellationToken);
        var bars = new JobBars(board);
        long next = 0;
        try
        {
            using var timer = new PeriodicTimer(PollEvery, time);
            while (true)
            {
                // Progress first: when it says that the job has ended, the results after it are all there are.
                JobProgress? progress = await store.ReadProgressAsync(job, cancellationToken);
                bars.Show(progress);
                await foreach (
                    (long ordinal, ScoredInstance result) in store.ReadResultsAsync(job, next, cancellationToken)
                )
                {
                    if (ordinal != next)
                        break; // a gap: an image before this one is still under way
                    next++;
                    yield return result;
                }
                if (next == instances.Count)
                    yield break;
                if (progress?.State != JobState.Running)
                    throw CommandException.NothingDone(
                        $"Job {job} ended with {next} of {instances.Count} images: somebody cancelled it. Run the command again to go on."
                    );
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        finally
        {
            if (next < instances.Count)
                await AbandonAsync(job);
        }
    }

    private async Task AbandonAsync(JobId job)
    {
        try
        {
            await jobs.CancelAsync(job, CancellationToken.None).WaitAsync(CancelWithin, time);
        }
        catch (Exception exception) when (exception is TimeoutException or Orleans.Runtime.OrleansException)
        {
            terminal.Warning($"Job {job} could not be cancelled ({exception.Message}); the next start does it.");
        }
    }
}
