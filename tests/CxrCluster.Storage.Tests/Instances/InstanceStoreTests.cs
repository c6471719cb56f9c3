using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Instances;

public abstract class InstanceStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IInstanceStore Instances => Catalogue.Get<IInstanceStore>();

    [Fact]
    public async Task Upsert_NewRow_ComesBackAsItWas()
    {
        InstanceRecord image = _sample.Instance(0) with { View = "AP", Label = 1, Name = "פלד \"x\" ' | \n.png" };

        await Instances.UpsertAsync([image], Cancel);

        Assert.Equal(image, await Instances.FindAsync(image.Id, Cancel));
        Assert.Null(await Instances.FindAsync(_sample.Instance(1).Id, Cancel));
    }

    [Fact]
    public async Task Upsert_RowIsThere_TakesWhatIsGivenAndKeepsTheRest()
    {
        InstanceRecord first = _sample.Instance(0) with { View = "AP", Label = 1 };
        InstanceRecord second = _sample.Instance(0, version: 1) with
        {
            Name = "again.png",
            BlobKey = "images/again",
            PatientId = null,
            Label = 0,
            ReceivedAt = first.ReceivedAt.AddDays(1),
        };

        await Instances.UpsertAsync([first], Cancel);
        await Instances.UpsertAsync([second], Cancel);

        InstanceRecord expected = second with
        {
            PatientId = first.PatientId,
            View = "AP",
            ReceivedAt = first.ReceivedAt,
        };
        Assert.Equal(expected, await Instances.FindAsync(first.Id, Cancel));
    }

    [Fact]
    public async Task Upsert_OneImageTwiceAtOnce_AsOneAfterTheOther()
    {
        InstanceRecord first = _sample.Instance(0) with { View = "PA" };
        InstanceRecord second = first with
        {
            Name = "again.png",
            View = null,
            PatientId = null,
            Label = 1,
            ReceivedAt = first.ReceivedAt.AddDays(1),
        };

        await Instances.UpsertAsync([first, second], Cancel);

        Assert.Equal(first with { Name = "again.png", Label = 1 }, await Instances.FindAsync(first.Id, Cancel));
    }

    [Fact]
    public async Task Upsert_EqualUidsOfTwoHospitals_AreTwoImages()
    {
        InstanceRecord[] images = [_sample.Instance(0, hospital: 0), _sample.Instance(0, hospital: 1)];

        await Instances.UpsertAsync(images, Cancel);

        foreach (InstanceRecord image in images)
            Assert.Equal(image, await Instances.FindAsync(image.Id, Cancel));
    }

    [Fact]
    public async Task Upsert_ManyWritersInAnyOrder_NobodyWaitsForever()
    {
        InstanceRecord[] images = _sample.Instances(200);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                {
                    InstanceRecord[] shuffled = [.. images];
                    Random.Shared.Shuffle(shuffled);
                    return Instances.UpsertAsync(shuffled, Cancel);
                })
        );

        Assert.Equal(200, (await Instances.CountByHospitalAsync(Cancel))[_sample.Hospital()]);
    }

    [Fact]
    public async Task List_HospitalsAndTimes_TheseInOrdinalOrder()
    {
        InstanceRecord[] images = [.. Enumerable.Range(0, 3).SelectMany(hospital => _sample.Instances(1200, hospital))];
        await Instances.UpsertAsync(images, Cancel);
        (DateTimeOffset from, DateTimeOffset to) = (Sample.Start.AddMinutes(10), Sample.Start.AddMinutes(1150));

        List<InstanceRecord> found = await Instances
            .ListAsync([_sample.Hospital(2), _sample.Hospital(0)], from, to, Cancel)
            .ToListAsync(Cancel);

        InstanceRecord[] expected =
        [
            .. images
                .Where(i => i.Id.Hospital != _sample.Hospital(1) && i.ReceivedAt >= from && i.ReceivedAt < to)
                .OrderBy(i => i.Id),
        ];
        Assert.Equal(expected, found);
        Assert.Empty(await Instances.ListAsync([], null, null, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task List_IdsThatALanguageWouldOrderOtherwise_AreOrderedOrdinally()
    {
        string tag = Guid.NewGuid().ToString("N")[..6];
        HospitalId[] hospitals =
        [
            .. ((string[])["a-b", "ab", "a", "a1", "a-1", "b"]).Select(name => new HospitalId($"{tag}{name}")),
        ];
        await Instances.UpsertAsync(
            [
                .. hospitals.SelectMany(h =>
                    ((string[])["1.10", "1.9", "1.1.5"]).Select(uid =>
                        _sample.Instance(0) with
                        {
                            Id = new InstanceId(h, new SopInstanceUid(uid)),
                        }
                    )
                ),
            ],
            Cancel
        );

        List<InstanceId> found = await Instances
            .ListAsync(hospitals, null, null, Cancel)
            .Select(i => i.Id)
            .ToListAsync(Cancel);
        IEnumerable<HospitalId> counted = (await Instances.CountByHospitalAsync(Cancel)).Keys.Where(hospitals.Contains);

        Assert.Equal(18, found.Count);
        Assert.Equal(found.Order(), found);
        Assert.Equal(hospitals.Order(), counted);
    }
}

public sealed class SqliteInstanceStoreTests(SqliteCatalogue catalogue)
    : InstanceStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresInstanceStoreTests(PostgresCatalogue catalogue)
    : InstanceStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
