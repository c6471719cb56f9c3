using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Jobs;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Cluster.Tests.Similarity;

[Collection(SharedCluster.Name)]
public sealed class SimilarityTests(CxrTestCluster cluster)
{
    private static readonly HospitalId[] Hospitals = [new("sim-a"), new("sim-b"), new("sim-c")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_OverThreeHospitals_EqualsBruteForceOverTheCatalogue()
    {
        await ScoreAsync(6000, 10);
        List<ScoredInstance> all = await CatalogueAsync();
        ScoredInstance asked = all[7];

        SimilarReply reply = await FindAsync(
            new SimilarQuery(cluster.Model, asked.Score.Score.Embedding!, 5, Hospitals)
        );
        SimilarReply others = await FindAsync(
            new SimilarQuery(
                cluster.Model,
                asked.Score.Score.Embedding!,
                5,
                Hospitals,
                ExcludeInstance: asked.Instance.Id,
                ExcludePatient: (asked.Instance.Id.Hospital, asked.Instance.PatientId!)
            )
        );

        var truth = all.Select(i => (i.Instance.Id, Distance: Distance(i, asked)))
            .OrderBy(x => x.Distance)
            .ThenBy(x => x.Id)
            .ToList();
        Assert.Empty(reply.Missing);
        Assert.Equal(truth.Take(5).Select(t => t.Id), reply.Neighbours.Select(n => n.Instance));
        Assert.All(
            reply.Neighbours.Zip(truth),
            p => Assert.Equal(p.Second.Distance, p.First.Distance, tolerance: 1e-4)
        );
        Assert.Equal(asked.Instance.Id, reply.Neighbours[0].Instance);
        Assert.Equal(truth.Skip(1).Take(5).Select(t => t.Id), others.Neighbours.Select(n => n.Instance));
    }

    [Fact]
    public async Task Find_ReaderOfOneHospital_SeesOtherHospitalsUnderPseudonyms()
    {
        await ScoreAsync(6000, 10);
        ScoredInstance asked = (await CatalogueAsync())[0];

        SimilarReply reply = await FindAsync(
            new SimilarQuery(cluster.Model, asked.Score.Score.Embedding!, 30, Hospitals, Reader: Hospitals[0])
        );

        Assert.Equal(30, reply.Neighbours.Count);
        Assert.All(
            reply.Neighbours,
            n =>
                Assert.Equal(
                    n.Instance.Hospital == Hospitals[0],
                    n.PatientId!.StartsWith("patient-", StringComparison.Ordinal)
                )
        );
    }

    private Task<SimilarReply> FindAsync(SimilarQuery query) =>
        cluster
            .Get<IGrainFactory>()
            .GetGrain<ISimilarityGrain>(0)
            .Find(query with { Patience = TimeSpan.FromMinutes(2) }, Token);

    private async Task ScoreAsync(int seed, int perHospital)
    {
        var images = new List<InstanceRecord>();
        for (int i = 0; i < Hospitals.Length; i++)
            images.AddRange(await cluster.AdmitNoiseAsync(Hospitals[i], seed + (100 * i), perHospital));
        JobId job = await cluster
            .Get<ScoringJobs>()
            .SubmitAsync(cluster.Model, [.. images.Select(i => i.Id)], ScoringPriority.Bulk, Token);
        await cluster.Get<IJobStore>().WaitUntilDoneAsync(job);
    }

    private async Task<List<ScoredInstance>> CatalogueAsync()
    {
        var all = new List<ScoredInstance>();
        foreach (HospitalId hospital in Hospitals)
        await foreach (var row in cluster.Get<IScoreStore>().ListEmbeddingsAsync(hospital, cluster.Model, Token))
            all.Add(row);
        return all;
    }

    private static double Distance(ScoredInstance a, ScoredInstance b) =>
        Math.Sqrt(
            a.Score.Score.Embedding!.Zip(b.Score.Score.Embedding!).Sum(p => Math.Pow((double)p.First - p.Second, 2))
        );
}
