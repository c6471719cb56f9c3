using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;
using CxrCluster.Storage.WriteBacks;

namespace CxrCluster.Storage.Tests.WriteBacks;

public abstract class WriteBackStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private static readonly DateTimeOffset Now = Sample.Start.AddHours(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly Sample _sample = new();

    private IWriteBackStore Outbox => Catalogue.Get<IWriteBackStore>();

    [Fact]
    public async Task Record_HospitalWasNeverSet_NothingIsNoted()
    {
        await ScoreAsync(0);

        Assert.Equal(WriteBackMode.Off, await Outbox.ModeAsync(_sample.Hospital(), Cancel));
        Assert.Empty(await Outbox.CountAsync(_sample.Hospital(), Cancel));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Record_Silent_IsNotedAndNeverClaimed()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Silent, Cancel);
        await ScoreAsync(0);
        // not even when the hospital changes its mind
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);

        Assert.Empty(await ClaimAsync());
        Assert.Equal(1, (await Outbox.CountAsync(_sample.Hospital(), Cancel))[WriteBackState.Recorded]);
    }

    [Fact]
    public async Task Record_Assist_IsClaimedOnceHoweverOftenItIsScored()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);
        ScoreRecord score = await ScoreAsync(0);
        await ScoreAsync(0);
        InstanceRecord excluded = _sample.Instance(1);
        await Catalogue.Get<IInstanceStore>().UpsertAsync([excluded], Cancel);
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Exclude(excluded)], Cancel);

        WriteBackClaim claim = Assert.Single(await ClaimAsync());

        Same.Value(score, claim.Result.Score);
        Assert.Empty(await ClaimAsync());
        Assert.True(await Outbox.SentAsync(claim, Now, Cancel));
        await ScoreAsync(0);
        Assert.Empty(await ClaimAsync(Now.AddDays(1)));
        Assert.Equal(1, (await Outbox.CountAsync(_sample.Hospital(), Cancel))[WriteBackState.Sent]);
    }

    [Fact]
    public async Task Claim_TurnedOffMeanwhile_Waits()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);
        await ScoreAsync(0);
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Off, Cancel);
        Assert.Empty(await ClaimAsync());

        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Sent_ByAHolderWhoseClaimRanOut_ChangesNothing()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);
        await ScoreAsync(0);
        WriteBackClaim lost = Assert.Single(await ClaimAsync());
        WriteBackClaim held = Assert.Single(await ClaimAsync(Now + Lease));

        Assert.False(await Outbox.SentAsync(lost, Now, Cancel));
        Assert.False(await Outbox.FailedAsync(lost, "late", null, Cancel));
        Assert.True(await Outbox.SentAsync(held, Now, Cancel));
    }

    [Fact]
    public async Task Failed_ThenParked_IsTriedLaterAndTakenUpByHand()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);
        await ScoreAsync(0);
        WriteBackClaim first = Assert.Single(await ClaimAsync());
        Assert.True(await Outbox.FailedAsync(first, "nobody there", Now.AddMinutes(1), Cancel));
        Assert.Empty(await ClaimAsync(Now.AddSeconds(59)));

        WriteBackClaim second = Assert.Single(await ClaimAsync(Now.AddMinutes(1)));
        Assert.Equal(1, second.Attempts);
        Assert.True(await Outbox.FailedAsync(second, "refused", null, Cancel));
        Assert.Empty(await ClaimAsync(Now.AddDays(1)));
        Assert.Equal(1, (await Outbox.CountAsync(_sample.Hospital(), Cancel))[WriteBackState.Parked]);

        Assert.Equal(1, await Outbox.RetryParkedAsync(_sample.Hospital(), Now, Cancel));
        Assert.Equal(0, Assert.Single(await ClaimAsync()).Attempts);
    }

    [Fact]
    public async Task Claim_ManyAtOnce_EachReportGoesToOne()
    {
        await Outbox.SetModeAsync(_sample.Hospital(), WriteBackMode.Assist, Cancel);
        for (int i = 0; i < 12; i++)
            await ScoreAsync(i);

        IReadOnlyList<WriteBackClaim>[] claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ClaimAsync()));

        string[] uids = [.. claims.SelectMany(c => c).Select(c => c.Result.Instance.Id.Uid.Value)];
        Assert.Equal(12, uids.Length);
        Assert.Equal(12, uids.Distinct(StringComparer.Ordinal).Count());
    }

    private async Task<ScoreRecord> ScoreAsync(int number)
    {
        InstanceRecord image = _sample.Instance(number);
        ScoreRecord score = _sample.Score(image, 0.75);
        await Catalogue.Get<IInstanceStore>().UpsertAsync([image], Cancel);
        await Catalogue.Get<IScoreStore>().RecordAsync([score], Cancel);
        return score;
    }

    /// <summary>Claims of this test's hospital: others share the catalogue.</summary>
    private async Task<IReadOnlyList<WriteBackClaim>> ClaimAsync(DateTimeOffset? now = null) =>
        [
            .. (await Outbox.ClaimAsync(1000, now ?? Now, Lease, Cancel)).Where(c =>
                c.Result.Instance.Id.Hospital == _sample.Hospital()
            ),
        ];
}

public sealed class SqliteWriteBackStoreTests(SqliteCatalogue catalogue)
    : WriteBackStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresWriteBackStoreTests(PostgresCatalogue catalogue)
    : WriteBackStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
