using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Pacs;

public abstract class JobRangeTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private static readonly DateOnly First = new(2020, 3, 1);
    private static readonly DateOnly Last = new(2020, 4, 30);
    private static readonly DateTimeOffset Now = Sample.Start;

    private readonly Sample _sample = new();

    private IPacsStore Pacs => Catalogue.Get<IPacsStore>();

    private IJobStore Jobs => Catalogue.Get<IJobStore>();

    [Fact]
    public async Task Gather_WhileInstancesArrive_ItemsOfTheRangeOnlyAndClosedWhenAllIsAccountedFor()
    {
        PacsLease lease = await TakeOverAsync();
        await SubmitAsync(0);
        Assert.Equal(
            new JobRange(_sample.Job(), _sample.Hospital(), First, Last, Swept: false),
            Assert.Single(await Jobs.ListOpenRangesAsync(_sample.Hospital(), Cancel))
        );
        await SeeAsync(lease, "1.91", First, 1, 2);
        await SeeAsync(lease, "1.92", Last, 3);
        await SeeAsync(lease, "1.93", Last.AddDays(1), 4);
        await SeeAsync(lease, "1.94", null, 5);
        foreach (int n in (int[])[1, 3, 4, 5])
            await Pacs.FetchedAsync(lease, _sample.Instance(n), Cancel);

        Assert.False(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));
        Assert.Equal(["1.2.1", "1.2.3"], await PendingAsync());
        await Jobs.NoteSweptAsync(_sample.Job(), _sample.Hospital(), Cancel);
        Assert.False(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel)); // 2 is on its way
        Assert.True(await Jobs.IsGatheringAsync(_sample.Job(), _sample.Hospital(), Cancel));

        await Pacs.FetchFailedAsync(
            lease,
            new SopInstanceUid("1.2.2"),
            new Reason(ReasonCodes.Unavailable, "500"),
            null,
            Cancel
        );
        Assert.True(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));

        Assert.False(await Jobs.IsGatheringAsync(_sample.Job(), _sample.Hospital(), Cancel));
        Assert.Empty(await Jobs.ListOpenRangesAsync(_sample.Hospital(), Cancel));
        Assert.Equal(["1.2.1", "1.2.3"], await PendingAsync());
        HospitalProgress part = (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.Hospitals.Single();
        Assert.Equal((3, 0, 0, 1), (part.Total, part.Scored, part.Excluded, part.Failed));
        Assert.Equal(new PacsProgress(3, 2, 0, 1, Complete: true), part.Pacs);
    }

    [Fact]
    public async Task Gather_StudyNotSettled_StaysOpen()
    {
        PacsLease lease = await TakeOverAsync();
        await SubmitAsync(0);
        await Jobs.NoteSweptAsync(_sample.Job(), _sample.Hospital(), Cancel);
        await SeeAsync(lease, "1.91", First, settled: false, 1);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);

        Assert.False(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));
        await SeeAsync(lease, "1.91", First, 1);
        Assert.True(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));
    }

    [Fact]
    public async Task Complete_RangeOpen_Refused()
    {
        await TakeOverAsync();
        await SubmitAsync(0);
        JobPart part = (await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Jobs.CompleteAsync(part, Cancel));

        await Jobs.NoteSweptAsync(_sample.Job(), _sample.Hospital(), Cancel);
        Assert.True(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));
        await Jobs.CompleteAsync(part, Cancel);
        Assert.Equal(JobState.Done, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
    }

    [Fact]
    public async Task Gather_ResultIsThereAlready_ItemAndLedgerHaveIt()
    {
        PacsLease lease = await TakeOverAsync();
        await SeeAsync(lease, "1.91", First, 1);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Score(_sample.Instance(1), 0.7)], Cancel);
        await Pacs.FetchedAsync(lease, _sample.Instance(1, version: 1), Cancel);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel); // back to what it was
        Assert.Equal(PacsInstanceState.Fetched, (await Pacs.FindAsync(_sample.Instance(1).Id, Cancel))!.State);

        await SubmitAsync(0);
        await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel);

        Assert.Empty(await PendingAsync());
        Assert.Equal(PacsInstanceState.Scored, (await Pacs.FindAsync(_sample.Instance(1).Id, Cancel))!.State);
    }

    [Fact]
    public async Task ReadToScore_RunningJobCoversIt_LeftToTheJob()
    {
        PacsLease lease = await TakeOverAsync();
        await SeeAsync(lease, "1.91", First, 1);
        await Pacs.FetchedAsync(lease, _sample.Instance(1), Cancel);
        await SubmitAsync(0);
        Assert.Empty(await Pacs.ReadToScoreAsync(_sample.Hospital(), Now, 10, onlyUrgent: false, Cancel));

        await Jobs.CancelAsync(_sample.Job(), Cancel);

        Assert.Single(await Pacs.ReadToScoreAsync(_sample.Hospital(), Now, 10, onlyUrgent: false, Cancel));
    }

    [Fact]
    public async Task Pause_Resume_TheOldCoordinatorIsFencedOffAndThePartRunsAgain()
    {
        await TakeOverAsync();
        await SubmitAsync(0);
        JobPart part = (await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;

        await Jobs.PauseAsync(_sample.Job(), Cancel);

        Assert.Equal(JobState.Paused, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
        Assert.Empty(await Jobs.ListOpenRangesAsync(_sample.Hospital(), Cancel));
        Assert.Null(await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel));
        await Assert.ThrowsAsync<Contracts.Faults.StaleCoordinatorException>(() => Jobs.CommitAsync(part, [], Cancel));

        await Jobs.ResumeAsync(_sample.Job(), Cancel);
        Assert.Equal(JobState.Running, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
        Assert.NotNull(await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel));
    }

    [Fact]
    public async Task RetryFailed_InstanceThatCouldNotBeFetched_SeenAgainAndTheRangeOpen()
    {
        PacsLease lease = await TakeOverAsync();
        await SubmitAsync(0);
        await SeeAsync(lease, "1.91", First, 1);
        await Jobs.NoteSweptAsync(_sample.Job(), _sample.Hospital(), Cancel);
        var uid = new SopInstanceUid("1.2.1");
        await Pacs.FetchFailedAsync(lease, uid, new Reason(ReasonCodes.Unavailable, "500"), null, Cancel);
        Assert.True(await Jobs.GatherAsync(_sample.Job(), _sample.Hospital(), Cancel));
        JobPart part = (await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;
        await Jobs.CompleteAsync(part, Cancel);

        Assert.Equal(1, await Jobs.RetryFailedAsync(_sample.Job(), Cancel));

        Assert.Single(await Pacs.ReadToFetchAsync(_sample.Hospital(), Now, 10, Cancel));
        Assert.Single(await Jobs.ListOpenRangesAsync(_sample.Hospital(), Cancel));
        Assert.Equal(JobState.Running, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
        Assert.Equal(0, await Jobs.RetryFailedAsync(_sample.Job(), Cancel));
    }

    private Task SubmitAsync(int number) =>
        Jobs.CreateOverPacsAsync(
            new ScoringJobRecord(_sample.Job(number), _sample.Model, ScoringPriority.Bulk, Now),
            [_sample.Hospital()],
            First,
            Last,
            Cancel
        );

    private async Task<string[]> PendingAsync() =>
        [
            .. (await Jobs.ReadPendingAsync(_sample.Job(), _sample.Hospital(), -1, 10, Cancel)).Select(i =>
                i.Instance.Id.Uid.Value
            ),
        ];

    private async Task<PacsLease> TakeOverAsync()
    {
        await Pacs.PutSourceAsync(
            new PacsSource { Hospital = _sample.Hospital(), Url = "http://127.0.0.1/dicom-web" },
            Cancel
        );
        return (await Pacs.TakeOverAsync(_sample.Hospital(), Cancel))!.Value.Lease;
    }

    private Task SeeAsync(PacsLease lease, string study, DateOnly? date, params int[] numbers) =>
        SeeAsync(lease, study, date, settled: true, numbers);

    private async Task SeeAsync(PacsLease lease, string study, DateOnly? date, bool settled, params int[] numbers)
    {
        await Pacs.NoteStudiesAsync(lease, [new StudySighting(study, date, numbers.Length)], Now, Cancel);
        InstanceSighting[] listing =
        [
            .. numbers.Select(n => new InstanceSighting(new SopInstanceUid($"1.2.{n}"), study + ".1")),
        ];
        for (int i = 0; i < (settled ? 2 : 1); i++)
            await Pacs.NoteListingAsync(lease, study, listing, Now, urgent: false, refetch: false, Cancel);
    }
}

public sealed class SqliteJobRangeTests(SqliteCatalogue catalogue)
    : JobRangeTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresJobRangeTests(PostgresCatalogue catalogue)
    : JobRangeTests(catalogue),
        IClassFixture<PostgresCatalogue>;
