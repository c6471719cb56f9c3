using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Cluster.Tests.Similarity;
using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Maps;

namespace CxrCluster.Cluster.Tests.Maps;

public sealed class MapMakerTests : IAsyncLifetime
{
    private static readonly HospitalId North = new("map-north");
    private static readonly HospitalId South = new("map-south");

    // it looks by itself an hour after the start only
    private readonly CxrTestCluster _cluster = new(
        ("Map:Period", "01:00:00"),
        ("Map:MostPoints", "24"),
        ("Map:MinChange", "0.2")
    )
    {
        RolesBySilo = ["jobs,index,gateway"],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task MakeIfDue_OnlyWhenEnoughHasChanged()
    {
        var maker = _cluster.Get<MapMaker>();
        await _cluster.Get<Grains.Models.ModelRegistry>().ActivateAsync(_cluster.Model, Token);
        Assert.Null(await maker.MakeIfDueAsync(Token));

        var cohort = new IndexedCohort(_cluster, North, South);
        await cohort.AddAsync(10, Token);
        EmbeddingMap first = (await maker.MakeIfDueAsync(Token))!;
        Assert.Equal(cohort.All.Select(e => e.Id).Order(), first.Points.Select(p => new InstanceId(p.Hospital, p.Uid)));
        Assert.Equal([10, 10], first.Hospitals.Select(h => h.Embeddings));
        Assert.All(first.Points, p => Assert.True(double.IsFinite(p.X) && double.IsFinite(p.Y)));
        Assert.Equivalent(first, await _cluster.Get<EmbeddingMaps>().ReadAsync(_cluster.Model, Token), strict: true);

        await cohort.AddAsync(1, Token); // 2 of 22
        Assert.Null(await maker.MakeIfDueAsync(Token));

        await cohort.AddAsync(9, Token);
        EmbeddingMap second = (await maker.MakeIfDueAsync(Token))!;
        Assert.Equal([20, 20], second.Hospitals.Select(h => h.Embeddings));
        Assert.Equal([12, 12], second.Points.GroupBy(p => p.Hospital).Select(g => g.Count()));
        Assert.Null(await maker.MakeIfDueAsync(Token));
    }
}
