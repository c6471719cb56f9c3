using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Scoring;

/// <summary>Scores an image that somebody waits for: admits it, scores it, records the result.</summary>
internal sealed class ImageScoring(
    ImageIntake intake,
    IScoreStore scores,
    IScoringPipeline pipeline,
    ResultCommitter committer,
    TimeProvider time
)
{
    /// <summary>Admits the image first.</summary>
    public async Task<ScoredInstance> ScoreAsync(NewImage image, ModelId model, CancellationToken cancellationToken) =>
        await ScoreAsync(await intake.AdmitAsync(image, cancellationToken), model, cancellationToken);

    /// <summary>An image that this model has scored before is not scored again.</summary>
    public async Task<ScoredInstance> ScoreAsync(
        InstanceRecord instance,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        ScoreRecord? known = await scores.FindAsync(instance.Id, instance.Sha256, model, cancellationToken);
        if (known is { Score.Outcome: ImageOutcome.Scored })
            return new ScoredInstance(instance, known);
        var score = new ScoreRecord
        {
            Instance = instance.Id,
            Sha256 = instance.Sha256,
            Model = model,
            Score = await pipeline.ScoreAsync(
                new ImageSource(instance.BlobKey, instance.Name, instance.View),
                model,
                ScoringPriority.Interactive,
                cancellationToken
            ),
            ScoredAt = time.GetUtcNow(),
        };
        await committer.RecordAsync(score, cancellationToken);
        return new ScoredInstance(instance, score);
    }
}
