using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Indexes;

public abstract class IndexStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IIndexStore Indexes => Catalogue.Get<IIndexStore>();

    private HospitalId Hospital => _sample.Hospital();

    [Fact]
    public async Task Layouts_FromTheFirstToItsSuccessor()
    {
        Assert.False(await Indexes.BeginAsync(Hospital, _sample.Model, 2, Cancel));
        await Indexes.CreateFirstAsync(Hospital, _sample.Model, 1, Cancel);
        await Indexes.CreateFirstAsync(Hospital, _sample.Model, 8, Cancel);
        Assert.Equal([(1, 1, LayoutState.Serving)], await ReadAsync());

        Assert.True(await Indexes.BeginAsync(Hospital, _sample.Model, 2, Cancel));
        Assert.False(await Indexes.BeginAsync(Hospital, _sample.Model, 4, Cancel));
        Assert.Equal([(1, 1, LayoutState.Serving), (2, 2, LayoutState.Filling)], await ReadAsync());

        IndexLayout filling = (await Indexes.ReadLayoutsAsync(Hospital, _sample.Model, Cancel))[1];
        Assert.True(await Indexes.ServeAsync(filling, Cancel));
        Assert.False(await Indexes.ServeAsync(filling, Cancel));
        Assert.Equal([(1, 1, LayoutState.Retired), (2, 2, LayoutState.Serving)], await ReadAsync());

        foreach (IndexLayout layout in await Indexes.ReadLayoutsAsync(Hospital, _sample.Model, Cancel))
            await Indexes.DropAsync(layout, Cancel);
        Assert.Equal([(2, 2, LayoutState.Serving)], await ReadAsync());
    }

    [Fact]
    public async Task Begin_ManyAtOnce_OneBegins()
    {
        await Indexes.CreateFirstAsync(Hospital, _sample.Model, 1, Cancel);

        bool[] begun = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Indexes.BeginAsync(Hospital, _sample.Model, 2, Cancel))
        );

        Assert.Single(begun, b => b);
        Assert.Equal(2, (await ReadAsync()).Length);
    }

    [Fact]
    public async Task Embeddings_OnlyOfTheContentThatAnImageHasNow()
    {
        InstanceRecord[] images = _sample.Instances(5);
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);
        await Catalogue
            .Get<IScoreStore>()
            .RecordAsync(
                [.. images[..3].Select((image, i) => _sample.Score(image, i / 10.0)), _sample.Exclude(images[3])],
                Cancel
            );
        await Catalogue.Get<IInstanceStore>().UpsertAsync([_sample.Instance(1, version: 2)], Cancel);

        List<EmbeddingKey> keys = await Indexes.ListKeysAsync(Hospital, _sample.Model, Cancel).ToListAsync(Cancel);
        var counts = await Indexes.CountEmbeddingsAsync(_sample.Model, Cancel);
        var read = await Indexes.ReadEmbeddingsAsync(
            Hospital,
            _sample.Model,
            [.. images.Select(image => image.Id.Uid)],
            Cancel
        );

        Assert.Equal(
            [
                new EmbeddingKey(images[0].Id.Uid, images[0].Sha256),
                new EmbeddingKey(images[2].Id.Uid, images[2].Sha256),
            ],
            keys
        );
        Assert.Equal(2, counts[Hospital]);
        Assert.Equal([images[0].Id, images[2].Id], read.Select(row => row.Instance.Id).Order());
        Assert.All(read, row => Assert.NotEmpty(row.Score.Score.Embedding!));
    }

    [Fact]
    public async Task Switch_OnlyFromWhatItWas()
    {
        IndexSwitch? before = await Indexes.ReadSwitchAsync(Cancel);
        var first = new IndexSwitch(_sample.Model, null, null);
        Assert.True(await Indexes.SwitchAsync(before, first, Cancel));
        if (before is null)
            Assert.False(await Indexes.SwitchAsync(null, first, Cancel));

        var next = new IndexSwitch(_sample.Model, new ModelId("next", "1"), _sample.Job());
        Assert.True(await Indexes.SwitchAsync(first, next, Cancel));
        Assert.False(await Indexes.SwitchAsync(first, next, Cancel));
        Assert.Equal(next, await Indexes.ReadSwitchAsync(Cancel));
    }

    private async Task<(int Number, int Parts, LayoutState State)[]> ReadAsync() =>
        [
            .. (await Indexes.ReadLayoutsAsync(Hospital, _sample.Model, Cancel)).Select(l =>
                (l.Number, l.Parts, l.State)
            ),
        ];
}

public sealed class SqliteIndexStoreTests(SqliteCatalogue catalogue)
    : IndexStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresIndexStoreTests(PostgresCatalogue catalogue)
    : IndexStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
