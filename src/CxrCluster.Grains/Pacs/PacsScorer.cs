using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Models;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Pacs;

/// <summary>Has what was fetched scored with the active model. What a running job covers is the job's, urgent studies aside.</summary>
public sealed class PacsScorer(
    IPacsStore store,
    IModelStore models,
    IScoringPipeline pipeline,
    ResultCommitter committer,
    IOptions<PacsOptions> options,
    TimeProvider time
)
{
    /// <summary>Scores a page of what is due.</summary>
    /// <returns>Whether anything was due.</returns>
    public async Task<bool> ScoreDueAsync(HospitalId hospital, CancellationToken cancellationToken)
    {
        if (await models.FindActiveAsync(cancellationToken) is not { Id: var model })
            return false;
        IReadOnlyList<(InstanceRecord Instance, bool Urgent)> due = await store.ReadToScoreAsync(
            hospital,
            time.GetUtcNow(),
            options.Value.ScoreWindow,
            onlyUrgent: !options.Value.AutoScore,
            cancellationToken
        );
        await Task.WhenAll(due.Select(d => ScoreAsync(d.Instance, d.Urgent, model, cancellationToken)));
        return due.Count > 0;
    }

    private async Task ScoreAsync(
        InstanceRecord instance,
        bool urgent,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        ImageScore score = await pipeline.ScoreAsync(
            new ImageSource(instance.BlobKey, instance.Name, instance.View),
            model,
            urgent ? ScoringPriority.Urgent : ScoringPriority.Bulk,
            cancellationToken
        );
        await committer.RecordAsync(
            new ScoreRecord
            {
                Instance = instance.Id,
                Sha256 = instance.Sha256,
                Model = model,
                Score = score,
                ScoredAt = time.GetUtcNow(),
            },
            cancellationToken
        );
    }
}
