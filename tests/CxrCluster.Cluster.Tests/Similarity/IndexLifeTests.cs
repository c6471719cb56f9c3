using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Cluster.Tests.Similarity;

/// <summary>A cluster of its own: its shards hold 100 embeddings, and silos die here.</summary>
public sealed class IndexLifeTests : IAsyncLifetime
{
    private static readonly HospitalId North = new("life-north");
    private static readonly HospitalId South = new("life-south");
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly CxrTestCluster _cluster = new(("Index:ShardLimit", "100"), ("Index:Period", "00:00:00.2"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grow_QueriesAllTheWhile_EveryAnswerIsExact()
    {
        var cohort = new IndexedCohort(_cluster, North, South);
        await cohort.AddAsync(40, Token);
        await AssertExactAsync(cohort);
        await cohort.AddAsync(120, Token);

        var layouts = _cluster.Get<IIndexStore>();
        IndexLayout serving;
        do
        {
            await AssertExactAsync(cohort);
            serving = (await layouts.ReadLayoutsAsync(North, _cluster.Model, Token)).First(l =>
                l.State == LayoutState.Serving
            );
        } while (serving.Parts < 4);

        await AssertExactAsync(cohort);
        await cohort.AddAsync(10, Token);
        await AssertExactAsync(cohort);
    }

    [Fact]
    public async Task Kill_IndexNode_PartialAnswersAreMarkedAndFullOnesReturn()
    {
        var cohort = new IndexedCohort(_cluster, North, South);
        await cohort.AddAsync(60, Token);
        await AssertExactAsync(cohort);

        await _cluster.KillAsync("node-1");

        float[] query = cohort.Query();
        SimilarReply reply;
        do
        {
            reply = await cohort.FindAsync(cohort.Ask(query, 5), Token);
            // an answer that says it is whole is right
            if (reply.Missing.Count == 0)
                AssertEqual(cohort, query, reply);
        } while (reply.Missing.Count > 0);
        await cohort.AddAsync(5, Token);
        await AssertExactAsync(cohort);
    }

    [Fact]
    public async Task Activate_AnotherModel_ItsIndexTakesOverWhenItIsComplete()
    {
        var images = await _cluster.AdmitNoiseAsync(North, 1, 6);
        var models = _cluster.Get<Grains.Models.ModelRegistry>();
        var compared = _cluster.Get<Grains.Similarity.ModelSwitch>();
        await models.ActivateAsync(_cluster.Model, Token);
        var job = await _cluster
            .Get<Grains.Jobs.ScoringJobs>()
            .SubmitAsync(_cluster.Model, [.. images.Select(i => i.Id)], Contracts.Scoring.ScoringPriority.Bulk, Token);
        await _cluster.Get<Storage.Jobs.IJobStore>().WaitUntilDoneAsync(job);
        var store = _cluster.Get<IIndexStore>();
        while ((await store.ReadSwitchAsync(Token))?.Model != _cluster.Model)
            await Task.Yield();

        ModelId next = await _cluster.PushAnotherModelAsync();
        await models.ActivateAsync(next, Token);
        while (await compared.ComparedAsync(Token) != next)
            await Task.Yield();

        Assert.Equal(6, (await store.CountEmbeddingsAsync(next, Token))[North]);
        await models.ActivateAsync(_cluster.Model, Token);
        while (await compared.ComparedAsync(Token) != _cluster.Model)
            await Task.Yield();
    }

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static async Task AssertExactAsync(IndexedCohort cohort)
    {
        float[] query = cohort.Query();
        SimilarReply reply = await cohort.FindAsync(cohort.Ask(query, 5, Long), Token);
        Assert.Empty(reply.Missing);
        AssertEqual(cohort, query, reply);
    }

    private static void AssertEqual(IndexedCohort cohort, float[] query, SimilarReply reply) =>
        Assert.Equal(cohort.Nearest(query, 5), reply.Neighbours.Select(n => (n.Instance, n.Distance)));
}
