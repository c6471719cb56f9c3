using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Models;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Models;

public abstract class ModelStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IModelStore Models => Catalogue.Get<IModelStore>();

    [Fact]
    public async Task Register_Twice_TheFirstStays()
    {
        await Models.RegisterAsync(_sample.Model, "{\"a\": 1}", Sample.Start, Cancel);
        await Models.RegisterAsync(_sample.Model, "{}", Sample.Start.AddDays(1), Cancel);

        ModelRecord? found = await Models.FindAsync(_sample.Model, Cancel);

        Assert.Equal(new ModelRecord(_sample.Model, "{\"a\": 1}", Active: false, Sample.Start), found);
        Assert.Null(await Models.FindAsync(new ModelId("nobody", "1"), Cancel));
    }

    [Fact]
    public async Task Activate_OneAfterTheOther_OneIsActive()
    {
        (ModelId older, ModelId newer) = await RegisterTwoAsync();

        await Models.ActivateAsync(older, Cancel);
        await Models.ActivateAsync(newer, Cancel);

        Assert.Equal(newer, (await Models.FindActiveAsync(Cancel))?.Id);
        ModelRecord[] listed = [.. (await Models.ListAsync(Cancel)).Where(m => m.Id == older || m.Id == newer)];
        Assert.Equal([(newer, true), (older, false)], listed.Select(m => (m.Id, m.Active)));
    }

    [Fact]
    public async Task Activate_ManyAtOnce_OneIsActive()
    {
        (ModelId older, ModelId newer) = await RegisterTwoAsync();

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Models.ActivateAsync(n % 2 == 0 ? older : newer, Cancel))
        );

        Assert.Single(await Models.ListAsync(Cancel), m => m.Active);
    }

    [Fact]
    public async Task Activate_NotRegistered_IsRefusedByName()
    {
        var unknown = new ModelId("nobody", "1");

        var refusal = await Assert.ThrowsAsync<ModelUnavailableException>(() => Models.ActivateAsync(unknown, Cancel));

        Assert.Contains("nobody@1", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<(ModelId Older, ModelId Newer)> RegisterTwoAsync()
    {
        var newer = new ModelId("a", _sample.Model.Version);
        await Models.RegisterAsync(_sample.Model, "{}", Sample.Start, Cancel);
        await Models.RegisterAsync(newer, "{}", Sample.Start.AddDays(1), Cancel);
        return (_sample.Model, newer);
    }
}

public sealed class SqliteModelStoreTests(SqliteCatalogue catalogue)
    : ModelStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresModelStoreTests(PostgresCatalogue catalogue)
    : ModelStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
