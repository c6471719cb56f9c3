using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Security;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Images;

/// <summary>Finds images that may be seen.</summary>
internal sealed class ImageLookup(IInstanceStore instances, IScoreStore scores, Visibility visibility)
{
    /// <exception cref="BadHttpRequestException">404: there is no such image; 403: it may not be seen here.</exception>
    public async Task<InstanceRecord> FindAsync(InstanceId id, CancellationToken cancellationToken)
    {
        visibility.Demand(id.Hospital);
        return await instances.FindAsync(id, cancellationToken)
            ?? throw new BadHttpRequestException(
                $"There is no image {id}. Take hospital and UID from the list of studies.",
                StatusCodes.Status404NotFound
            );
    }

    /// <summary>With the model's result; null where it has none.</summary>
    /// <exception cref="BadHttpRequestException">404: there is no such image; 403: it may not be seen here.</exception>
    public async Task<(InstanceRecord Image, ScoreRecord? Score)> FindAsync(
        InstanceId id,
        ModelId? model,
        CancellationToken cancellationToken
    )
    {
        InstanceRecord image = await FindAsync(id, cancellationToken);
        ScoreRecord? score = model is { } m ? await scores.FindAsync(id, image.Sha256, m, cancellationToken) : null;
        return (image, score);
    }
}
