using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Jobs;

public abstract class JobStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private readonly Sample _sample = new();

    private IJobStore Jobs => Catalogue.Get<IJobStore>();

    [Fact]
    public async Task Create_TwoHospitals_ItemsArePendingInOrderWithTheirImages()
    {
        InstanceRecord[] images = [.. _sample.Instances(3, hospital: 0), .. _sample.Instances(2, hospital: 1)];
        await CreateAsync([images[3], images[0], images[1], images[4], images[2]]);

        IReadOnlyList<JobItem> first = await Jobs.ReadPendingAsync(_sample.Job(), _sample.Hospital(0), -1, 2, Cancel);
        IReadOnlyList<JobItem> rest = await Jobs.ReadPendingAsync(_sample.Job(), _sample.Hospital(0), 2, 10, Cancel);

        Assert.Equal([new JobItem(1, images[0]), new JobItem(2, images[1])], first);
        Assert.Equal([new JobItem(4, images[2])], rest);
        JobProgress progress = (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!;
        Same.Value(
            new JobProgress(
                _sample.Job(),
                _sample.Model,
                JobState.Running,
                [
                    new HospitalProgress(_sample.Hospital(0), JobState.Running, 3, 0, 0, 0),
                    new HospitalProgress(_sample.Hospital(1), JobState.Running, 2, 0, 0, 0),
                ]
            ),
            progress
        );
        Assert.Contains((_sample.Job(), _sample.Hospital(1)), await Jobs.ListRunningAsync(Cancel));
    }

    [Fact]
    public async Task Create_NoItems_IsDone()
    {
        await CreateAsync([]);

        JobProgress progress = (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!;

        Assert.Equal(JobState.Done, progress.State);
        Assert.Equal(0, progress.Total);
    }

    [Fact]
    public async Task Create_IdTaken_IsRefusedAndTheFirstStays()
    {
        InstanceRecord[] images = _sample.Instances(2);
        await CreateAsync(images);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => CreateAsync([images[0]]));

        Assert.Contains(_sample.Job().Value, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.Total);
    }

    [Fact]
    public async Task Create_ImageNotInLedger_IsRefusedByNameAndNothingIsWritten()
    {
        InstanceRecord known = _sample.Instance(0);
        await Catalogue.Get<IInstanceStore>().UpsertAsync([known], Cancel);
        InstanceId unknown = _sample.Instance(1).Id;

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Jobs.CreateAsync(Header(), [new JobItemSeed(0, known.Id), new JobItemSeed(1, unknown)], Cancel)
        );

        Assert.Contains(unknown.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Jobs.ReadProgressAsync(_sample.Job(), Cancel));
    }

    [Fact]
    public async Task Create_TwoItemsWithOneOrdinal_IsRefused()
    {
        InstanceRecord[] images = _sample.Instances(2);
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Jobs.CreateAsync(Header(), [new JobItemSeed(7, images[0].Id), new JobItemSeed(7, images[1].Id)], Cancel)
        );
    }

    [Fact]
    public async Task Create_ImagesWithResults_ScoredAndExcludedStartFinalFailedAndOtherContentPending()
    {
        InstanceRecord[] images = _sample.Instances(5);
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);
        InstanceRecord before = _sample.Instance(3, version: 1);
        ScoreRecord[] known =
        [
            _sample.Score(images[0], 0.7),
            _sample.Exclude(images[1]),
            _sample.Fail(images[2]),
            _sample.Score(before, 0.9), // of bytes that the image had before
            _sample.Score(images[4], 0.1) with
            {
                Model = new ModelId("other", "1"),
            },
        ];
        await Catalogue.Get<IScoreStore>().RecordAsync(known, Cancel);

        await CreateAsync(images);

        IReadOnlyList<JobItem> pending = await Jobs.ReadPendingAsync(_sample.Job(), _sample.Hospital(), -1, 10, Cancel);
        Assert.Equal([2L, 3L, 4L], pending.Select(i => i.Ordinal));
        Same.Value(
            new[] { new ScoredInstance(images[0], known[0]), new ScoredInstance(images[1], known[1]) },
            (await ResultsAsync()).Select(r => r.Result).ToArray()
        );
    }

    [Fact]
    public async Task TakeOver_Twice_EachGetsAHigherEpoch()
    {
        await CreateAsync(_sample.Instances(1));

        JobPart first = await TakeOverAsync();
        JobPart second = await TakeOverAsync();

        Assert.Equal((_sample.Model, ScoringPriority.Bulk), (first.Model, first.Priority));
        Assert.Equal(first.Epoch + 1, second.Epoch);
        Assert.Null(await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(5), Cancel));
        Assert.Null(await Jobs.TakeOverAsync(_sample.Job(9), _sample.Hospital(), Cancel));
    }

    [Fact]
    public async Task Commit_StaleEpoch_IsRefusedAndWritesNothing()
    {
        InstanceRecord[] images = _sample.Instances(1);
        await CreateAsync(images);
        JobPart stale = await TakeOverAsync();
        await TakeOverAsync();

        await Assert.ThrowsAsync<StaleCoordinatorException>(() =>
            Jobs.CommitAsync(stale, [new JobItemResult(0, _sample.Score(images[0], 0.5))], Cancel)
        );
        await Assert.ThrowsAsync<StaleCoordinatorException>(() => Jobs.CompleteAsync(stale, Cancel));

        Assert.Null(
            await Catalogue.Get<IScoreStore>().FindAsync(images[0].Id, images[0].Sha256, _sample.Model, Cancel)
        );
        Assert.Empty(await ResultsAsync());
    }

    [Fact]
    public async Task Commit_AfterCancel_IsRefused()
    {
        InstanceRecord[] images = _sample.Instances(2);
        await CreateAsync(images);
        JobPart part = await TakeOverAsync();
        await Jobs.CommitAsync(part, [new JobItemResult(0, _sample.Score(images[0], 0.5))], Cancel);

        await Jobs.CancelAsync(_sample.Job(), Cancel);

        await Assert.ThrowsAsync<StaleCoordinatorException>(() =>
            Jobs.CommitAsync(part, [new JobItemResult(1, _sample.Score(images[1], 0.5))], Cancel)
        );
        JobProgress progress = (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!;
        Assert.Equal((JobState.Cancelled, 1), (progress.State, progress.Finished));
        Assert.Null(await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel));
    }

    [Fact]
    public async Task Commit_TwoItemsOfOneImage_BothReachTheState()
    {
        InstanceRecord image = _sample.Instance(0);
        await CreateAsync([image, image, image]);
        JobPart part = await TakeOverAsync();
        ScoreRecord first = _sample.Score(image, 0.25);

        IReadOnlyList<ScoreRecord> together = await Jobs.CommitAsync(
            part,
            [new JobItemResult(0, first), new JobItemResult(1, _sample.Score(image, 0.75))],
            Cancel
        );
        IReadOnlyList<ScoreRecord> later = await Jobs.CommitAsync(
            part,
            [new JobItemResult(2, _sample.Fail(image))],
            Cancel
        );
        await Jobs.CompleteAsync(part, Cancel);

        Same.Value(new[] { first, first, first }, [.. together, .. later]);
        Same.Value(new[] { first, first, first }, (await ResultsAsync()).Select(r => r.Result.Score).ToArray());
        Assert.Equal(JobState.Done, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
    }

    [Fact]
    public async Task Commit_Repeated_ChangesNothing()
    {
        InstanceRecord[] images = _sample.Instances(2);
        await CreateAsync(images);
        JobPart part = await TakeOverAsync();
        JobItemResult[] results = [new(0, _sample.Score(images[0], 0.5)), new(1, _sample.Exclude(images[1]))];

        IReadOnlyList<ScoreRecord> once = await Jobs.CommitAsync(part, results, Cancel);
        IReadOnlyList<ScoreRecord> twice = await Jobs.CommitAsync(part, results, Cancel);

        Same.Value(once, twice);
        Assert.Equal(2, (await ResultsAsync()).Count);
    }

    [Fact]
    public async Task Commit_ResultOfAnotherImage_IsRefusedAndWritesNothing()
    {
        InstanceRecord[] images = _sample.Instances(2);
        await CreateAsync(images);
        JobPart part = await TakeOverAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Jobs.CommitAsync(
                part,
                [
                    new JobItemResult(0, _sample.Score(images[0], 0.5)),
                    new JobItemResult(1, _sample.Score(images[0], 0.5)),
                ],
                Cancel
            )
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Jobs.CommitAsync(part, [new JobItemResult(99, _sample.Score(images[0], 0.5))], Cancel)
        );

        Assert.Empty(await ResultsAsync());
    }

    [Fact]
    public async Task Complete_ItemsPending_IsRefused()
    {
        await CreateAsync(_sample.Instances(1));
        JobPart part = await TakeOverAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Jobs.CompleteAsync(part, Cancel));

        Assert.Equal(JobState.Running, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
    }

    [Fact]
    public async Task Complete_TwoPartsAtOnce_TheJobIsDone()
    {
        for (int round = 0; round < 10; round++)
        {
            var job = _sample.Job(round);
            InstanceRecord[] images = [_sample.Instance(0, hospital: 0), _sample.Instance(0, hospital: 1)];
            await CreateAsync(images, job);
            async Task FinishAsync(int hospital)
            {
                JobPart part = (await Jobs.TakeOverAsync(job, _sample.Hospital(hospital), Cancel))!;
                await Jobs.CommitAsync(part, [new(hospital, _sample.Score(images[hospital], 0.5))], Cancel);
                await Jobs.CompleteAsync(part, Cancel);
            }

            await Task.WhenAll(FinishAsync(0), FinishAsync(1));

            Assert.Equal(JobState.Done, (await Jobs.ReadProgressAsync(job, Cancel))!.State);
        }
    }

    [Fact]
    public async Task RetryFailed_DoneJob_FailedItemsArePendingAgainAndTheRestStays()
    {
        InstanceRecord[] images = [.. _sample.Instances(3), _sample.Instance(0, hospital: 1)];
        await CreateAsync(images);
        JobPart part = await TakeOverAsync();
        JobItemResult[] results =
        [
            new(0, _sample.Score(images[0], 0.5)),
            new(1, _sample.Fail(images[1])),
            new(2, _sample.Fail(images[2])),
        ];
        await Jobs.CommitAsync(part, results, Cancel);
        await Jobs.CompleteAsync(part, Cancel);
        JobPart other = (await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(1), Cancel))!;
        await Jobs.CommitAsync(other, [new(3, _sample.Exclude(images[3]))], Cancel);
        await Jobs.CompleteAsync(other, Cancel);
        // Meanwhile somebody had one of them scored.
        await Catalogue.Get<IScoreStore>().RecordAsync([_sample.Score(images[2], 0.75)], Cancel);

        int retried = await Jobs.RetryFailedAsync(_sample.Job(), Cancel);

        Assert.Equal(2, retried);
        IReadOnlyList<JobItem> pending = await Jobs.ReadPendingAsync(_sample.Job(), _sample.Hospital(), -1, 9, Cancel);
        Assert.Equal([1L], pending.Select(i => i.Ordinal));
        JobProgress progress = (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!;
        Assert.Equal(
            [JobState.Running, JobState.Running, JobState.Done],
            [progress.State, .. progress.Hospitals.Select(h => h.State)]
        );
        Assert.Equal(0, await Jobs.RetryFailedAsync(_sample.Job(), Cancel));
    }

    [Fact]
    public async Task Cancel_DoneJob_StaysDone()
    {
        await CreateAsync([]);

        await Jobs.CancelAsync(_sample.Job(), Cancel);

        Assert.Equal(JobState.Done, (await Jobs.ReadProgressAsync(_sample.Job(), Cancel))!.State);
    }

    [Fact]
    public async Task List_ThreeJobs_NewestFirst()
    {
        foreach (int number in (int[])[0, 1, 2])
            await Jobs.CreateAsync(
                Header(_sample.Job(number)) with
                {
                    CreatedAt = DateTimeOffset.UtcNow.AddYears(1).AddMinutes(number),
                },
                [],
                Cancel
            );

        IReadOnlyList<JobProgress> jobs = await Jobs.ListAsync(2, Cancel);

        Assert.Equal([_sample.Job(2), _sample.Job(1)], jobs.Select(j => j.Job));
    }

    [Fact]
    public async Task ReadResults_MoreThanAPage_AllInOrderFromTheOrdinalGiven()
    {
        const int Count = 2500;
        InstanceRecord[] images = _sample.Instances(Count);
        await CreateAsync(images);
        JobPart part = await TakeOverAsync();
        var seen = new List<long>();
        for (IReadOnlyList<JobItem> page; (page = await PendingAsync(part, seen)).Count > 0; )
        {
            seen.AddRange(page.Select(i => i.Ordinal));
            await Jobs.CommitAsync(
                part,
                [
                    .. page.Select(i => new JobItemResult(
                        i.Ordinal,
                        _sample.Score(i.Instance, i.Ordinal / (double)Count)
                    )),
                ],
                Cancel
            );
        }

        IReadOnlyList<(long Ordinal, ScoredInstance Result)> results = await ResultsAsync(from: 100);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (long)i), seen);
        Assert.Equal(Enumerable.Range(100, Count - 100).Select(i => (long)i), results.Select(r => r.Ordinal));
        Assert.All(results, r => Assert.Equal(images[r.Ordinal].Id, r.Result.Instance.Id));
        Assert.All(results, r => Assert.Equal(r.Ordinal / (double)Count, r.Result.Score.Score.Probability));
    }

    private Task<IReadOnlyList<JobItem>> PendingAsync(JobPart part, List<long> seen) =>
        Jobs.ReadPendingAsync(part.Job, part.Hospital, seen.Count == 0 ? -1 : seen[^1], 700, Cancel);

    private ScoringJobRecord Header(JobId? job = null) =>
        new(job ?? _sample.Job(), _sample.Model, ScoringPriority.Bulk, Sample.Start);

    private async Task CreateAsync(IReadOnlyList<InstanceRecord> images, JobId? job = null)
    {
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);
        await Jobs.CreateAsync(
            Header(job),
            [.. images.Select((image, ordinal) => new JobItemSeed(ordinal, image.Id))],
            Cancel
        );
    }

    private async Task<JobPart> TakeOverAsync() =>
        (await Jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;

    private async Task<IReadOnlyList<(long Ordinal, ScoredInstance Result)>> ResultsAsync(long from = 0) =>
        await Jobs.ReadResultsAsync(_sample.Job(), from, Cancel).ToListAsync(Cancel);
}

public sealed class SqliteJobStoreTests(SqliteCatalogue catalogue)
    : JobStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresJobStoreTests(PostgresCatalogue catalogue)
    : JobStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
