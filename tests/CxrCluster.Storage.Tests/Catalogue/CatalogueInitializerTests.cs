using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Marks;
using CxrCluster.Storage.Sweeps;
using CxrCluster.Storage.Tests.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Storage.Tests.Catalogue;

public abstract class CatalogueInitializerTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    [Fact]
    public async Task EnsureCreated_NodesStartAtOnce_AllCanWriteAndNothingIsLost()
    {
        CatalogueOptions options = (await Catalogue.CreateEmptyAsync())!;
        var sample = new Sample();

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async n =>
                {
                    await using ServiceProvider node = CatalogueFixture.Open(options);
                    await node.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(Cancel);
                    await node.GetRequiredService<IInstanceStore>().UpsertAsync([sample.Instance(n)], Cancel);
                })
        );

        await using ServiceProvider reader = CatalogueFixture.Open(options);
        Assert.Equal(
            6,
            (await reader.GetRequiredService<IInstanceStore>().CountByHospitalAsync(Cancel))[sample.Hospital()]
        );
    }

    [Fact]
    public async Task EnsureCreated_TablesOfTheFirstRelease_GetsWhatTheyLackAndKeepsTheirRows()
    {
        CatalogueOptions options = (await Catalogue.CreateEmptyAsync())!;
        await using ServiceProvider node = CatalogueFixture.Open(options);
        var initializer = node.GetRequiredService<ICatalogueInitializer>();
        var sample = new Sample();
        await initializer.EnsureCreatedAsync(Cancel);
        await node.GetRequiredService<IInstanceStore>().UpsertAsync([sample.Instance(1)], Cancel);
        await node.GetRequiredService<CatalogueDatabase>()
            .WriteAsync(
                context =>
                    context.Database.ExecuteSqlAsync(
                        $"drop table sweep; drop table sweep_run; drop table similar_mark; update schema_version set version = 1",
                        Cancel
                    ),
                Cancel
            );

        await initializer.EnsureCreatedAsync(Cancel);
        await initializer.EnsureCreatedAsync(Cancel);

        Assert.Empty(await node.GetRequiredService<ISweepStore>().ListAsync(1, Cancel));
        Assert.Empty(await node.GetRequiredService<IMarkStore>().ListAsync(null, Cancel).ToListAsync(Cancel));
        Assert.Equal(
            1,
            (await node.GetRequiredService<IInstanceStore>().CountByHospitalAsync(Cancel))[sample.Hospital()]
        );
    }

    [Fact]
    public async Task EnsureCreated_TablesOfANewerRelease_IsRefused()
    {
        CatalogueOptions options = (await Catalogue.CreateEmptyAsync())!;
        await using ServiceProvider node = CatalogueFixture.Open(options);
        var initializer = node.GetRequiredService<ICatalogueInitializer>();
        await initializer.EnsureCreatedAsync(Cancel);
        await node.GetRequiredService<CatalogueDatabase>()
            .WriteAsync(
                context => context.Database.ExecuteSqlAsync($"update schema_version set version = 99", Cancel),
                Cancel
            );

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => initializer.EnsureCreatedAsync(Cancel));

        Assert.Contains("version 99", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class SqliteCatalogueInitializerTests(SqliteCatalogue catalogue)
    : CatalogueInitializerTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresCatalogueInitializerTests(PostgresCatalogue catalogue)
    : CatalogueInitializerTests(catalogue),
        IClassFixture<PostgresCatalogue>;
