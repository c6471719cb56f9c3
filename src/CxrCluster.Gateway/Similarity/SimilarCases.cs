using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Security;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Orleans;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Asks the cluster for similar cases of other patients.</summary>
internal sealed class SimilarCases(IGrainFactory grains, IInstanceStore instances, Visibility visibility)
{
    /// <summary>The k nearest over all hospitals; none for an image that was not scored.</summary>
    public async Task<SimilarAnswer> FindAsync(ScoredInstance of, int k, CancellationToken cancellationToken)
    {
        if (of.Score.Score.Embedding is not { } vector)
            return SimilarAnswer.None;
        InstanceRecord image = of.Instance;
        List<HospitalId> hospitals = [.. (await instances.CountByHospitalAsync(cancellationToken)).Keys];
        var query = new SimilarQuery(
            of.Score.Model,
            vector,
            k,
            hospitals,
            visibility.Reader,
            image.Id,
            image.PatientId is { } patient ? (image.Id.Hospital, patient) : null
        );
        try
        {
            SimilarReply reply = await grains.GetGrain<ISimilarityGrain>(0).Find(query, cancellationToken);
            return new SimilarAnswer([.. reply.Neighbours.Select(ToCase)], reply.Missing);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return new SimilarAnswer([], hospitals); // the score stands without its neighbours
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
            neighbour.Label
        );
}
