using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Grains.Scoring;

/// <summary>One image through the cluster: preprocess on some node, infer on some slot.</summary>
public interface IScoringPipeline
{
    /// <summary>Never throws for what is wrong with the image or the workers: that is the result's reason.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<ImageScore> ScoreAsync(
        ImageSource image,
        ModelId model,
        ScoringPriority priority,
        CancellationToken cancellationToken
    );
}
