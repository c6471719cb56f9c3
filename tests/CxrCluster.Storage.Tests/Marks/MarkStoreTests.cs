using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Marks;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Marks;

public abstract class MarkStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IMarkStore Marks => Catalogue.Get<IMarkStore>();

    [Fact]
    public async Task Set_SameReaderAgain_TheLaterVerdictStands()
    {
        SimilarMark mark = Mark(1, 2, "dana");
        SimilarMark other = Mark(1, 2, "noa");
        SimilarMark changed = mark with { Verdict = MarkVerdict.NotSimilar, MarkedAt = mark.MarkedAt.AddDays(1) };

        await Marks.SetAsync(mark, Cancel);
        await Marks.SetAsync(other, Cancel);
        await Marks.SetAsync(changed, Cancel);

        Assert.Equal([changed], await Marks.ReadAsync(mark.Image, _sample.Model, "dana", Cancel));
        Assert.Equal([changed, other], await ListAsync(_sample.Hospital()));
    }

    [Fact]
    public async Task Read_OnlyThisImageModelAndReader()
    {
        SimilarMark wanted = Mark(1, 2, "dana");
        foreach (
            SimilarMark mark in (SimilarMark[])
                [
                    wanted,
                    Mark(2, 1, "dana"),
                    Mark(1, 2, "noa"),
                    Mark(1, 2, "dana") with
                    {
                        Model = new ModelId("other", "1"),
                    },
                ]
        )
            await Marks.SetAsync(mark, Cancel);

        Assert.Equal([wanted], await Marks.ReadAsync(wanted.Image, _sample.Model, "dana", Cancel));
    }

    [Fact]
    public async Task List_MoreThanAPage_AllOfTheHospitalsAskedForInOrder()
    {
        var random = new Random(5);
        SimilarMark[] marks =
        [
            .. Enumerable
                .Range(0, 1203)
                .Select(i =>
                    Mark(i / 100, i / 10 % 10, $"reader-{i % 10}", hospital: i % 2) with
                    {
                        Verdict = (MarkVerdict)random.Next(2),
                    }
                ),
        ];
        foreach (SimilarMark mark in marks.OrderBy(_ => random.Next()))
            await Marks.SetAsync(mark, Cancel);

        foreach (int hospital in (int[])[0, 1])
            Assert.Equal(
                Ordered(marks.Where(m => m.Image.Hospital == _sample.Hospital(hospital))),
                await ListAsync(_sample.Hospital(hospital))
            );
        Assert.Equal(Ordered(marks), await ListAsync(_sample.Hospital(0), _sample.Hospital(1)));
    }

    private SimilarMark Mark(int image, int neighbour, string reader, int hospital = 0) =>
        new(
            _sample.Instance(image, hospital).Id,
            _sample.Instance(neighbour, 7).Id,
            _sample.Model,
            MarkVerdict.Similar,
            reader,
            Sample.Start
        );

    private static IEnumerable<SimilarMark> Ordered(IEnumerable<SimilarMark> marks) =>
        marks.OrderBy(m => m.Image).ThenBy(m => m.Neighbour).ThenBy(m => m.Reader, StringComparer.Ordinal);

    private ValueTask<List<SimilarMark>> ListAsync(params HospitalId[] hospitals) =>
        Marks.ListAsync(hospitals, Cancel).ToListAsync(Cancel);
}

public sealed class SqliteMarkStoreTests(SqliteCatalogue catalogue)
    : MarkStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresMarkStoreTests(PostgresCatalogue catalogue)
    : MarkStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
