using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Scores;

public abstract class WorklistTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IScoreStore Scores => Catalogue.Get<IScoreStore>();

    [Fact]
    public async Task Read_AnyPageSize_EveryRowOnceInOrder()
    {
        ScoredInstance[] all = await FillAsync(0, 150);

        foreach (int limit in (int[])[1, 7, 50, 150, 500])
            Same.Value(Ordered(all), await PagesAsync(new WorklistQuery(_sample.Model, Limit: limit)));
    }

    [Fact]
    public async Task Read_Filters_AsFilteredInMemory()
    {
        ScoredInstance[] all = await FillAsync(0, 120);
        HospitalId hospital = _sample.Hospital(1);
        (DateTimeOffset from, DateTimeOffset to) = (Sample.Start.AddMinutes(20), Sample.Start.AddMinutes(90));

        ScoredInstance[] found = await PagesAsync(
            new WorklistQuery(_sample.Model, [hospital, _sample.Hospital(9)], from, to, MinProbability: 0.25, Limit: 5)
        );

        ScoredInstance[] expected =
        [
            .. Ordered(all)
                .Where(r => r.Instance.Id.Hospital == hospital && r.Score.Score.Probability >= 0.25)
                .Where(r => r.Instance.ReceivedAt >= from && r.Instance.ReceivedAt < to),
        ];
        Assert.NotEmpty(expected);
        Same.Value(expected, found);
        Assert.Empty(await PagesAsync(new WorklistQuery(_sample.Model, [])));
        // Least probability 0 still leaves out what was not scored.
        Assert.DoesNotContain(
            await PagesAsync(new WorklistQuery(_sample.Model, MinProbability: 0)),
            r => r.Score.Score.Probability is null
        );
    }

    [Fact]
    public async Task Read_RowsArriveMeanwhile_EveryEarlierRowOnceAndTheOrderHolds()
    {
        ScoredInstance[] earlier = await FillAsync(0, 200);
        var seen = new List<ScoredInstance>();
        string? cursor = null;
        int arrived = 200;
        do
        {
            Task arriving = FillAsync(arrived, 20); // truly at once with the page
            arrived += 20;
            WorklistPage page = await Scores.ReadWorklistAsync(
                new WorklistQuery(_sample.Model, Cursor: cursor, Limit: 17),
                Cancel
            );
            await arriving;
            seen.AddRange(page.Rows);
            cursor = page.NextCursor;
        } while (cursor is not null);

        Assert.Equal(seen.Select(r => r.Instance.Id).Distinct().Count(), seen.Count);
        Assert.Equal(Ordered(seen).Select(r => r.Instance.Id), seen.Select(r => r.Instance.Id));
        HashSet<InstanceId> early = [.. earlier.Select(r => r.Instance.Id)];
        Same.Value(Ordered(earlier), [.. seen.Where(r => early.Contains(r.Instance.Id))]);
    }

    [Fact]
    public async Task Read_WrongCursorOrLimit_IsRefused()
    {
        foreach (string cursor in (string[])["", "!", "abc", "MC41", "fHx8"])
            await Assert.ThrowsAsync<FormatException>(() =>
                Scores.ReadWorklistAsync(new WorklistQuery(_sample.Model, Cursor: cursor), Cancel)
            );
        foreach (int limit in (int[])[-1, 0, 501])
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
                Scores.ReadWorklistAsync(new WorklistQuery(_sample.Model, Limit: limit), Cancel)
            );
    }

    /// <summary>Images of three hospitals with many equal probabilities, and some that were not scored.</summary>
    private async Task<ScoredInstance[]> FillAsync(int first, int count)
    {
        ScoredInstance[] rows =
        [
            .. Enumerable
                .Range(first, count)
                .Select(n => _sample.Instance(n, hospital: n % 3))
                .Select(
                    (image, n) =>
                        new ScoredInstance(
                            image,
                            (n % 10) switch
                            {
                                8 => _sample.Exclude(image),
                                9 => _sample.Fail(image),
                                _ => _sample.Score(image, n % 13 / 13.0),
                            }
                        )
                ),
        ];
        await Catalogue.Get<IInstanceStore>().UpsertAsync([.. rows.Select(r => r.Instance)], Cancel);
        await Scores.RecordAsync([.. rows.Select(r => r.Score)], Cancel);
        return rows;
    }

    private async Task<ScoredInstance[]> PagesAsync(WorklistQuery query)
    {
        var rows = new List<ScoredInstance>();
        do
        {
            WorklistPage page = await Scores.ReadWorklistAsync(query, Cancel);
            Assert.True(page.NextCursor is null || page.Rows.Count == query.Limit);
            rows.AddRange(page.Rows);
            Assert.InRange(rows.Count, 0, 1000); // a cursor that stands still would go on for ever
            query = query with { Cursor = page.NextCursor };
        } while (query.Cursor is not null);
        return [.. rows];
    }

    private static ScoredInstance[] Ordered(IEnumerable<ScoredInstance> rows) =>
        [.. rows.OrderByDescending(r => r.Score.Score.Probability ?? -1).ThenBy(r => r.Instance.Id)];
}

public sealed class SqliteWorklistTests(SqliteCatalogue catalogue)
    : WorklistTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresWorklistTests(PostgresCatalogue catalogue)
    : WorklistTests(catalogue),
        IClassFixture<PostgresCatalogue>;
