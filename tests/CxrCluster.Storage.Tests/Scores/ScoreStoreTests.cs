using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Scores;

public abstract class ScoreStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IScoreStore Scores => Catalogue.Get<IScoreStore>();

    [Fact]
    public async Task Record_AllFields_ComeBackAsTheyWere()
    {
        InstanceRecord image = await AdmitAsync(_sample.Instance(0));
        ScoreRecord score = _sample.Score(image, 1.0 / 3) with
        {
            ScoredAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.FromHours(2)),
        };
        score = score with
        {
            Score = score.Score with { Embedding = [float.MaxValue, -0f, 1e-45f, 1f / 3], Milliseconds = 0.1 },
        };

        await Scores.RecordAsync([score], Cancel);

        ScoreRecord found = (await FindAsync(score))!;
        Same.Value(score with { ScoredAt = score.ScoredAt.ToUniversalTime() }, found);
        Assert.Equal(TimeSpan.Zero, found.ScoredAt.Offset);
        Assert.Equal(
            score.Score.Embedding!.Select(BitConverter.SingleToInt32Bits),
            found.Score.Embedding!.Select(BitConverter.SingleToInt32Bits)
        );
    }

    [Fact]
    public async Task Record_ScoredAlready_TheFirstStays()
    {
        InstanceRecord image = await AdmitAsync(_sample.Instance(0));
        ScoreRecord first = _sample.Score(image, 0.75);

        await Scores.RecordAsync([first], Cancel);
        await Scores.RecordAsync([_sample.Score(image, 0.5)], Cancel);
        await Scores.RecordAsync([_sample.Fail(image)], Cancel);

        Same.Value(first, await FindAsync(first));
    }

    [Fact]
    public async Task Record_ExcludedOrFailedBefore_IsReplaced()
    {
        InstanceRecord image = await AdmitAsync(_sample.Instance(0));
        foreach (
            ScoreRecord next in (ScoreRecord[])[_sample.Fail(image), _sample.Exclude(image), _sample.Score(image, 0.5)]
        )
        {
            await Scores.RecordAsync([next], Cancel);
            Same.Value(next, await FindAsync(next));
        }
    }

    [Fact]
    public async Task Record_OneImageSeveralTimesAtOnce_AsOneAfterTheOther()
    {
        InstanceRecord image = await AdmitAsync(_sample.Instance(0));
        ScoreRecord scored = _sample.Score(image, 0.75);

        await Scores.RecordAsync(
            [_sample.Fail(image), scored, _sample.Exclude(image), _sample.Score(image, 0.5)],
            Cancel
        );

        Same.Value(scored, await FindAsync(scored));
    }

    [Fact]
    public async Task Record_ManyWritersAtOnceInAnyOrder_OneOfThemWins()
    {
        InstanceRecord[] images = _sample.Instances(30);
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);

        await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(writer =>
                {
                    ScoreRecord[] scores = [.. images.Select(image => _sample.Score(image, 1.0 / writer))];
                    Random.Shared.Shuffle(scores);
                    return Scores.RecordAsync(scores, Cancel);
                })
        );

        // Each call is one transaction, so one of them wrote every row.
        WorklistPage page = await Scores.ReadWorklistAsync(new WorklistQuery(_sample.Model), Cancel);
        Assert.Equal(30, page.Rows.Count);
        Assert.Single(page.Rows.Select(r => r.Score.Score.Probability).Distinct());
    }

    [Fact]
    public async Task Record_ImageNotInLedger_IsRefused()
    {
        ScoreRecord score = _sample.Score(_sample.Instance(0), 0.5);

        await Assert.ThrowsAnyAsync<Exception>(() => Scores.RecordAsync([score], Cancel));

        Assert.Null(await FindAsync(score));
    }

    [Fact]
    public async Task ListEmbeddings_OnlyScoredOfTheHospitalModelAndPresentContent_OrderedByUid()
    {
        InstanceRecord[] images = _sample.Instances(2100);
        await Catalogue.Get<IInstanceStore>().UpsertAsync([.. images, _sample.Instance(0, hospital: 1)], Cancel);
        await Scores.RecordAsync([.. images.Select(i => _sample.Score(i, 0.5))], Cancel);
        await Scores.RecordAsync(
            [
                _sample.Score(_sample.Instance(0, hospital: 1), 0.5),
                _sample.Score(images[1], 0.5) with
                {
                    Model = new ModelId("other", "1"),
                },
            ],
            Cancel
        );
        await AdmitAsync(_sample.Instance(7, version: 1)); // other bytes, not scored yet
        InstanceRecord excluded = await AdmitAsync(_sample.Instance(8, version: 1));
        await Scores.RecordAsync([_sample.Exclude(excluded)], Cancel);

        List<ScoredInstance> found = await Scores
            .ListEmbeddingsAsync(_sample.Hospital(), _sample.Model, Cancel)
            .ToListAsync(Cancel);

        Assert.Equal(
            images.Where((_, n) => n is not (7 or 8)).Select(i => i.Id).Order(),
            found.Select(f => f.Instance.Id)
        );
        Assert.All(found, f => Assert.Equal(3, f.Score.Score.Embedding!.Length));
    }

    private async Task<InstanceRecord> AdmitAsync(InstanceRecord image)
    {
        await Catalogue.Get<IInstanceStore>().UpsertAsync([image], Cancel);
        return image;
    }

    private Task<ScoreRecord?> FindAsync(ScoreRecord score) =>
        Scores.FindAsync(score.Instance, score.Sha256, score.Model, Cancel);
}

public sealed class SqliteScoreStoreTests(SqliteCatalogue catalogue)
    : ScoreStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresScoreStoreTests(PostgresCatalogue catalogue)
    : ScoreStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
