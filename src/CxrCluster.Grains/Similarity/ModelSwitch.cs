using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Jobs;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Models;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Similarity;

/// <summary>
/// Which model's embeddings queries compare. A model that is activated scores at once; its index takes over when it has an
/// embedding of every image that the old index has, in one write, for all hospitals together.
/// </summary>
public sealed partial class ModelSwitch(
    IIndexStore store,
    IModelStore models,
    ScoringJobs submitted,
    IJobStore jobs,
    ILogger<ModelSwitch> logger
)
{
    /// <summary>The model whose embeddings queries compare: null before the first is activated.</summary>
    public async Task<ModelId?> ComparedAsync(CancellationToken cancellationToken) =>
        (await store.ReadSwitchAsync(cancellationToken))?.Model
        ?? (await models.FindActiveAsync(cancellationToken))?.Id;

    /// <summary>Takes the next step, if one is due.</summary>
    /// <param name="isReady">Whether a hospital's index under a model is complete and answers.</param>
    public async Task AdvanceAsync(
        Func<HospitalId, ModelId, CancellationToken, Task<bool>> isReady,
        CancellationToken cancellationToken
    )
    {
        if ((await models.FindActiveAsync(cancellationToken))?.Id is not { } active)
            return;
        IndexSwitch? now = await store.ReadSwitchAsync(cancellationToken);
        if (now is null)
        {
            await store.SwitchAsync(null, new IndexSwitch(active, null, null), cancellationToken);
            // a catalogue of a release that kept no layouts: asking makes them
            foreach (HospitalId hospital in (await store.CountEmbeddingsAsync(active, cancellationToken)).Keys)
                await isReady(hospital, active, cancellationToken);
            return;
        }
        if (now.Model == active)
        {
            if (now.Next is not null) // rolled back before it was done
                await store.SwitchAsync(now, new IndexSwitch(active, null, null), cancellationToken);
            return;
        }
        if (now.Next != active)
        {
            await store.SwitchAsync(now, new IndexSwitch(now.Model, active, null), cancellationToken);
            return;
        }
        var old = await store.CountEmbeddingsAsync(now.Model, cancellationToken);
        var next = await store.CountEmbeddingsAsync(active, cancellationToken);
        bool complete = old.All(hospital => next.GetValueOrDefault(hospital.Key) >= hospital.Value);
        if (!complete && now.Job is null)
        {
            await SubmitAsync(now, active, [.. old.Keys], cancellationToken);
            return;
        }
        if (!complete && !await IsDoneAsync(now.Job!.Value, cancellationToken))
            return;
        foreach (HospitalId hospital in next.Keys)
            if (!await isReady(hospital, active, cancellationToken))
                return;
        if (await store.SwitchAsync(now, new IndexSwitch(active, null, null), cancellationToken))
            LogSwitched(logger, now.Model.ToString(), active.ToString());
    }

    /// <summary>Has the images scored that only the old index knows.</summary>
    private async Task SubmitAsync(
        IndexSwitch now,
        ModelId next,
        IReadOnlyList<HospitalId> hospitals,
        CancellationToken cancellationToken
    )
    {
        var images = new List<InstanceId>();
        foreach (HospitalId hospital in hospitals)
        await foreach (EmbeddingKey key in store.ListKeysAsync(hospital, now.Model, cancellationToken))
            images.Add(new InstanceId(hospital, key.Uid));
        // after a crash in between, the job is submitted again: what it has scored is not scored twice
        JobId job = await submitted.SubmitAsync(next, images, ScoringPriority.Bulk, cancellationToken);
        await store.SwitchAsync(now, now with { Job = job }, cancellationToken);
        LogBegun(logger, now.Model.ToString(), next.ToString(), images.Count);
    }

    /// <summary>Whether nothing is left to score: what has no embedding now was excluded or failed under the new model.</summary>
    private async Task<bool> IsDoneAsync(JobId job, CancellationToken cancellationToken) =>
        (await jobs.ReadProgressAsync(job, cancellationToken))?.State is JobState.Done;

    [LoggerMessage(
        1321,
        LogLevel.Information,
        "Similar cases will be found by {Next} instead of {Model} when it has scored {Images} images"
    )]
    private static partial void LogBegun(ILogger logger, string model, string next, int images);

    [LoggerMessage(1322, LogLevel.Information, "Similar cases are found by {Next} now, instead of {Model}")]
    private static partial void LogSwitched(ILogger logger, string model, string next);
}
