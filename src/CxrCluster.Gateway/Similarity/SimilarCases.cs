using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Orleans;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Asks the cluster for similar cases of other patients.</summary>
internal sealed class SimilarCases(
    IGrainFactory grains,
    IndexLayouts layouts,
    ModelSwitch models,
    ImageScoring scoring,
    Visibility visibility
)
{
    /// <summary>The k nearest over all hospitals; none for an image that was not scored.</summary>
    /// <param name="of">The image with a result.</param>
    /// <param name="model">Whose embeddings to compare; null: those that the cluster compares. An image that has none of
    /// them is scored for it.</param>
    public async Task<SimilarAnswer> FindAsync(
        ScoredInstance of,
        ModelId? model,
        int k,
        SimilarFilter? filter,
        CancellationToken cancellationToken
    )
    {
        InstanceRecord image = of.Instance;
        ModelId compared = model ?? await models.ComparedAsync(cancellationToken) ?? of.Score.Model;
        if (of.Score.Score.Embedding is not { } vector)
            return SimilarAnswer.None;
        if (of.Score.Model != compared)
        {
            of = await scoring.ScoreAsync(image, compared, cancellationToken);
            if (of.Score.Score.Embedding is not { } other)
                return SimilarAnswer.None;
            vector = other;
        }
        return await FindAsync(
            new SimilarQuery(
                compared,
                vector,
                k,
                await layouts.HospitalsAsync(compared, cancellationToken),
                visibility.Reader,
                image.Id,
                image.PatientId is { } patient ? (image.Id.Hospital, patient) : null,
                filter
            ),
            cancellationToken
        );
    }

    /// <summary>The k cases nearest to an embedding.</summary>
    public async Task<SimilarAnswer> FindAsync(
        float[] embedding,
        ModelId model,
        int k,
        SimilarFilter? filter,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(
            new SimilarQuery(
                model,
                embedding,
                k,
                await layouts.HospitalsAsync(model, cancellationToken),
                visibility.Reader,
                Filter: filter
            ),
            cancellationToken
        );

    private async Task<SimilarAnswer> FindAsync(SimilarQuery query, CancellationToken cancellationToken)
    {
        try
        {
            SimilarReply reply = await grains.GetGrain<ISimilarityGrain>(0).Find(query, cancellationToken);
            return new SimilarAnswer([.. reply.Neighbours.Select(ToCase)], reply.Missing, reply.Withheld ?? []);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return new SimilarAnswer([], query.Hospitals, []); // the score stands without its neighbours
        }
    }

    private static SimilarCase ToCase(Neighbour neighbour, int index) =>
        new(
            index + 1,
            neighbour.Instance.Hospital,
            neighbour.Instance.Uid,
            neighbour.PatientId,
            neighbour.ImageName,
            neighbour.Distance,
            neighbour.Probability,
            neighbour.Label,
            neighbour.View,
            neighbour.TakenAt
        );
}
