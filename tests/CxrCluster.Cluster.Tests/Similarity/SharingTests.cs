using System.Text.Json;
using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;

namespace CxrCluster.Cluster.Tests.Similarity;

[Collection(SharedCluster.Name)]
public sealed class SharingTests(CxrTestCluster cluster)
{
    private static readonly HospitalId Mine = new("share-mine");
    private static readonly HospitalId Theirs = new("share-theirs");
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_ReaderOfOneHospital_NothingIdentifyingOfTheOtherIsInTheReply()
    {
        var cohort = await CohortAsync();
        SimilarQuery query = cohort.Ask(cohort.Query(), 1000, Long) with { Reader = Mine };

        SimilarReply reply = await cohort.FindAsync(query, Token);

        Assert.Equal(cohort.Count, reply.Neighbours.Count);
        string bytes = JsonSerializer.Serialize(reply.Neighbours.Where(n => n.Instance.Hospital == Theirs));
        foreach (var (id, patient, _) in cohort.All.Where(e => e.Id.Hospital == Theirs))
        {
            Assert.DoesNotContain(patient, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"{id.Uid}\"", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain($"name-{Theirs}", bytes, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("1970-", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_FilterThatFewPatientsPass_WithholdsTheOtherHospitalOnly()
    {
        var cohort = await CohortAsync();
        DateTimeOffset taken = DateTimeOffset.UnixEpoch.AddDays(cohort.Count - 4);
        SimilarQuery narrow = cohort.Ask(cohort.Query(), 50, Long) with
        {
            Reader = Mine,
            Filter = new SimilarFilter(From: taken),
        };

        SimilarReply few = await cohort.FindAsync(narrow, Token);
        SimilarReply own = await cohort.FindAsync(narrow with { Reader = Theirs }, Token);
        SimilarReply enough = await cohort.FindAsync(narrow with { Filter = new SimilarFilter(Label: 1) }, Token);

        Assert.DoesNotContain(few.Neighbours, n => n.Instance.Hospital == Theirs);
        Assert.Contains(Theirs, few.Withheld!);
        Assert.Contains(own.Neighbours, n => n.Instance.Hospital == Theirs);
        Assert.Contains(enough.Neighbours, n => n.Instance.Hospital == Theirs);
        Assert.All(enough.Neighbours, n => Assert.Equal(1, n.Label));
    }

    private async Task<IndexedCohort> CohortAsync()
    {
        var cohort = new IndexedCohort(cluster, Mine, Theirs);
        await cohort.AddAsync(20, Token);
        return cohort;
    }
}
