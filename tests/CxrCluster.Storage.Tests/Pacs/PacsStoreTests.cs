using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Audit;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Pacs;

public abstract class PacsStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private static readonly DateOnly March = new(2020, 3, 15);
    private static readonly DateTimeOffset Now = Sample.Start;

    private readonly Sample _sample = new();

    private IPacsStore Pacs => Catalogue.Get<IPacsStore>();

    [Fact]
    public async Task PutSource_ThenChange_SweepsStayAndTheOldLeaseIsOver()
    {
        PacsLease lease = await TakeOverAsync();
        await Pacs.NoteSweepAsync(lease, PacsSweepKind.Month, Now, Cancel);
        await Pacs.NoteFaultAsync(lease, "it is down", Cancel);
        PacsSource before = await SourceAsync();
        Assert.Equal((Now, Now, null, "it is down"), (before.RecentAt, before.MonthAt, before.AllAt, before.Fault));

        await Pacs.PutSourceAsync(before with { Url = "https://other/", User = "u", PasswordFrom = "env:P" }, Cancel);

        PacsSource after = await SourceAsync();
        Assert.Equal(before with { Url = "https://other/", User = "u", PasswordFrom = "env:P", Fault = null }, after);
        await Assert.ThrowsAsync<StaleCoordinatorException>(() => Pacs.NoteFaultAsync(lease, "late", Cancel));
        Assert.Null((await SourceAsync()).Fault);
    }

    [Fact]
    public async Task RemoveSource_ItsLeaseIsOverAndItsLedgerStays()
    {
        PacsLease lease = await TakeOverAsync();
        await ListAsync(lease, "1.9", 1);

        Assert.True(await Pacs.RemoveSourceAsync(lease.Hospital, Cancel));
        Assert.False(await Pacs.RemoveSourceAsync(lease.Hospital, Cancel));

        Assert.Null(await Pacs.TakeOverAsync(lease.Hospital, Cancel));
        await Assert.ThrowsAsync<StaleCoordinatorException>(() => ListAsync(lease, "1.9", 1));
        Assert.NotNull(await Pacs.FindAsync(Id(1), Cancel));
    }

    [Fact]
    public async Task NoteListing_EqualCountTwice_StudyIsSettledAndNotListedAgain()
    {
        PacsLease lease = await TakeOverAsync();
        Assert.Equal(["1.9"], await NoteStudyAsync(lease, "1.9", 2));
        Assert.Equal(1, await ListAsync(lease, "1.9", 1)); // one more is on its way
        Assert.Equal(1, await ListAsync(lease, "1.9", 1, 2));
        Assert.Equal(["1.9"], await NoteStudyAsync(lease, "1.9", 2));
        Assert.Equal(["1.9"], await Pacs.ReadUnsettledAsync(lease.Hospital, Now, 10, Cancel));
        Assert.Empty(await Pacs.ReadUnsettledAsync(lease.Hospital, Now.AddSeconds(-1), 10, Cancel));

        Assert.Equal(0, await ListAsync(lease, "1.9", 1, 2));

        Assert.Empty(await NoteStudyAsync(lease, "1.9", 2));
        Assert.Empty(await Pacs.ReadUnsettledAsync(lease.Hospital, Now, 10, Cancel));
        Assert.Equal(["1.9"], await NoteStudyAsync(lease, "1.9", 3)); // it grows: settled no longer
        Assert.Equal(["1.9"], await Pacs.ReadUnsettledAsync(lease.Hospital, Now, 10, Cancel));
    }

    [Fact]
    public async Task NoteStudies_CountNotKnown_ListedEveryTime()
    {
        PacsLease lease = await TakeOverAsync();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(["1.9"], await NoteStudyAsync(lease, "1.9", null));
            await ListAsync(lease, "1.9", 1);
        }
        Assert.Empty(await Pacs.ReadUnsettledAsync(lease.Hospital, Now, 10, Cancel));
    }

    [Fact]
    public async Task Fetched_Scored_LedgerFollowsInTheSameTransaction()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 2);
        await ListAsync(lease, "1.9", 1, 2);
        Assert.Equal([Id(1), Id(2)], (await ToFetchAsync(lease)).Select(i => i.Id));

        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);

        Assert.Equal([Id(2)], (await ToFetchAsync(lease)).Select(i => i.Id));
        var due = await Pacs.ReadToScoreAsync(lease.Hospital, Now, 10, onlyUrgent: false, Cancel);
        Assert.Equal((_sample.Instance(1), false), Assert.Single(due));
        Assert.Empty(await Pacs.ReadToScoreAsync(lease.Hospital, Now, 10, onlyUrgent: true, Cancel));

        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Score(_sample.Instance(1), 0.7)], Cancel);

        Assert.Equal(PacsInstanceState.Scored, (await Pacs.FindAsync(Id(1), Cancel))!.State);
        Assert.Empty(await Pacs.ReadToScoreAsync(lease.Hospital, Now, 10, onlyUrgent: false, Cancel));
        Assert.Equal(
            [(PacsInstanceState.Seen, 1), (PacsInstanceState.Scored, 1)],
            (await Pacs.CountAsync(Cancel)).Where(c => c.Hospital == lease.Hospital).Select(c => (c.State, c.Count))
        );
        // a later failure of another model takes nothing back
        await Catalogue
            .Get<IScoreStore>()
            .RecordAsync([_sample.Fail(_sample.Instance(1)) with { Model = new ModelId("other", "1") }], Cancel);
        Assert.Equal(PacsInstanceState.Scored, (await Pacs.FindAsync(Id(1), Cancel))!.State);
    }

    [Fact]
    public async Task Fetched_OtherContent_NewAuditedRevisionThatIsScoredAgain()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 1);
        await ListAsync(lease, "1.9", 1);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Score(_sample.Instance(1), 0.7)], Cancel);
        await Pacs.NoteListingAsync(lease, "1.9", [Sighting(1)], Now, urgent: false, refetch: true, Cancel);
        Assert.Equal([Id(1)], (await ToFetchAsync(lease)).Select(i => i.Id));

        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel); // equal content
        PacsInstanceRecord same = (await Pacs.FindAsync(Id(1), Cancel))!;
        Assert.Equal((PacsInstanceState.Scored, 1), (same.State, same.Revision));
        Assert.Empty(await ToFetchAsync(lease));

        await Pacs.FetchedAsync(lease, _sample.Instance(1, version: 1), Cancel);
        PacsInstanceRecord other = (await Pacs.FindAsync(Id(1), Cancel))!;
        Assert.Equal((PacsInstanceState.Fetched, 2), (other.State, other.Revision));
        Assert.Single(
            await Catalogue.Get<IAuditLog>().ReadLatestAsync(1000, Cancel),
            a => a.Action == "pacs-revision" && a.Hospital == lease.Hospital && a.Subject == "1.2.1 revision 2"
        );
        // the result of the content before does not count for this one
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Exclude(_sample.Instance(1))], Cancel);
        Assert.Equal(PacsInstanceState.Fetched, (await Pacs.FindAsync(Id(1), Cancel))!.State);
    }

    [Fact]
    public async Task FetchFailed_TriedAgainAtItsTimeThenParked()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 1);
        await ListAsync(lease, "1.9", 1);
        var reason = new Reason(ReasonCodes.Unavailable, "error 500");
        DateTimeOffset now = Now;
        for (int attempt = 1; attempt <= PacsRetries.MostAttempts; attempt++)
        {
            Assert.Single(await Pacs.ReadToFetchAsync(lease.Hospital, now, 10, Cancel));
            DateTimeOffset? next = PacsRetries.Next(attempt, now);
            await Pacs.FetchFailedAsync(lease, Id(1).Uid, reason, next, Cancel);
            Assert.Empty(await Pacs.ReadToFetchAsync(lease.Hospital, now, 10, Cancel));
            now = next ?? now.AddYears(1);
        }
        Assert.Empty(await Pacs.ReadToFetchAsync(lease.Hospital, now, 10, Cancel));
        PacsInstanceRecord parked = (await Pacs.FindAsync(Id(1), Cancel))!;
        Assert.Equal((PacsInstanceState.Parked, reason, 5), (parked.State, parked.Reason, parked.Attempts));
    }

    [Fact]
    public async Task FetchFailed_LookingAgainAtAScoredOne_StaysScored()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 1);
        await ListAsync(lease, "1.9", 1);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Score(_sample.Instance(1), 0.7)], Cancel);
        await Pacs.NoteListingAsync(lease, "1.9", [Sighting(1)], Now, urgent: false, refetch: true, Cancel);

        await Pacs.FetchFailedAsync(lease, Id(1).Uid, new Reason(ReasonCodes.Missing, "gone"), null, Cancel);

        Assert.Equal(PacsInstanceState.Scored, (await Pacs.FindAsync(Id(1), Cancel))!.State);
        Assert.Empty(await ToFetchAsync(lease));
    }

    [Fact]
    public async Task Record_Failures_RetriedOnlyWhereTheyMayPass()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 3);
        await ListAsync(lease, "1.9", 1, 2, 3);
        foreach (int n in (int[])[1, 2, 3])
            await Pacs.FetchedAsync(lease, _sample.Instance(n), Cancel);
        ScoreRecord passing = _sample.Fail(_sample.Instance(2)) with
        {
            Score = ImageScore.Failed(new Reason(ReasonCodes.Unavailable, "no worker"), 1),
        };

        await Catalogue
            .Get<IScoreStore>()
            .RecordAsync([_sample.Fail(_sample.Instance(1)), passing, _sample.Exclude(_sample.Instance(3))], Cancel);

        Assert.Equal(PacsInstanceState.Parked, (await Pacs.FindAsync(Id(1), Cancel))!.State);
        Assert.Equal(PacsInstanceState.Failed, (await Pacs.FindAsync(Id(2), Cancel))!.State);
        Assert.Equal(PacsInstanceState.Excluded, (await Pacs.FindAsync(Id(3), Cancel))!.State);
        Assert.Empty(await Pacs.ReadToScoreAsync(lease.Hospital, Now, 10, onlyUrgent: false, Cancel));
        var due = await Pacs.ReadToScoreAsync(lease.Hospital, Now.AddSeconds(5), 10, onlyUrgent: false, Cancel);
        Assert.Equal(Id(2), Assert.Single(due).Instance.Id);
        Assert.Empty(await ToFetchAsync(lease));
    }

    [Fact]
    public async Task NoteListing_Urgent_GoesBeforeAllOthers()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.8", 2);
        await ListAsync(lease, "1.8", 1, 2);
        await NoteStudyAsync(lease, "1.9", 1);
        await Pacs.NoteListingAsync(lease, "1.9", [Sighting(3)], Now, urgent: true, refetch: false, Cancel);

        Assert.Equal([Id(3), Id(1), Id(2)], (await ToFetchAsync(lease)).Select(i => i.Id));
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);
        await Pacs.FetchedAsync(lease, _sample.Instance(3), Cancel);
        Assert.Equal(
            [(Id(3), true), (Id(1), false)],
            (await Pacs.ReadToScoreAsync(lease.Hospital, Now, 10, onlyUrgent: false, Cancel)).Select(i =>
                (i.Instance.Id, i.Urgent)
            )
        );
    }

    [Fact]
    public async Task NoteListing_SameUidInTwoHospitals_TwoInstances()
    {
        PacsLease north = await TakeOverAsync();
        PacsLease south = await TakeOverAsync(1);
        await ListAsync(north, "1.9", 1);
        await ListAsync(south, "1.9", 1);

        await Pacs.FetchedAsync(north, _sample.Instance(1), Cancel);

        Assert.Equal(PacsInstanceState.Fetched, (await Pacs.FindAsync(Id(1), Cancel))!.State);
        Assert.Equal(PacsInstanceState.Seen, (await Pacs.FindAsync(Id(1, 1), Cancel))!.State);
    }

    [Fact]
    public async Task NoteListing_ExcludedOnSight_NeverFetched()
    {
        PacsLease lease = await TakeOverAsync();
        await NoteStudyAsync(lease, "1.9", 1);
        var reason = new Reason(ReasonCodes.WrongModality, "it is CT");
        await Pacs.NoteListingAsync(
            lease,
            "1.9",
            [Sighting(1) with { Exclusion = reason }],
            Now,
            urgent: false,
            refetch: true,
            Cancel
        );

        Assert.Empty(await ToFetchAsync(lease));
        PacsInstanceRecord row = (await Pacs.FindAsync(Id(1), Cancel))!;
        Assert.Equal((PacsInstanceState.Excluded, reason), (row.State, row.Reason));
    }

    [Fact]
    public void Next_Attempts_DoublesUpToTheLongestThenParks()
    {
        Assert.Equal(
            [5, 10, 20, 40],
            Enumerable.Range(1, 4).Select(n => (int)(PacsRetries.Next(n, Now)!.Value - Now).TotalSeconds)
        );
        Assert.Null(PacsRetries.Next(5, Now));
    }

    private InstanceId Id(int number, int hospital = 0) => _sample.Instance(number, hospital).Id;

    private static InstanceSighting Sighting(int number) => new(new SopInstanceUid($"1.2.{number}"), "1.9.1");

    private async Task<PacsLease> TakeOverAsync(int hospital = 0)
    {
        await Pacs.PutSourceAsync(
            new PacsSource { Hospital = _sample.Hospital(hospital), Url = "http://127.0.0.1/dicom-web" },
            Cancel
        );
        return (await Pacs.TakeOverAsync(_sample.Hospital(hospital), Cancel))!.Value.Lease;
    }

    private async Task<PacsSource> SourceAsync() =>
        (await Pacs.ListSourcesAsync(Cancel)).Single(s => s.Hospital == _sample.Hospital());

    private Task<IReadOnlyList<string>> NoteStudyAsync(PacsLease lease, string study, int? count) =>
        Pacs.NoteStudiesAsync(lease, [new StudySighting(study, March, count)], Now, Cancel);

    private Task<int> ListAsync(PacsLease lease, string study, params int[] numbers) =>
        Pacs.NoteListingAsync(lease, study, [.. numbers.Select(Sighting)], Now, urgent: false, refetch: false, Cancel);

    private Task<IReadOnlyList<PacsInstanceRecord>> ToFetchAsync(PacsLease lease) =>
        Pacs.ReadToFetchAsync(lease.Hospital, Now, 10, Cancel);
}

public sealed class SqlitePacsStoreTests(SqliteCatalogue catalogue)
    : PacsStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresPacsStoreTests(PostgresCatalogue catalogue)
    : PacsStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
