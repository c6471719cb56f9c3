using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom.Tests.Web;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.Scores;
using Orleans;

namespace CxrCluster.Cluster.Tests.Pacs;

/// <summary>Real grains, stores and slots; PACSs in this process that misbehave as they are told.</summary>
public sealed class PacsTests : IAsyncLifetime
{
    private static readonly DateOnly From = new(2020, 3, 1);
    private static readonly DateOnly To = new(2020, 4, 30);
    private static readonly DateOnly March = new(2020, 3, 15);
    private static readonly HospitalId North = new("north");
    private static readonly HospitalId South = new("south");

    private readonly CxrTestCluster _cluster = new(
        ("Pacs:Idle", "00:00:00.05"),
        ("Pacs:AfterFault", "00:00:00.2"),
        ("Pacs:SettleAfter", "00:00:00.1"),
        ("Pacs:FetchAgainAfter", "00:00:00.1"),
        ("Pacs:RecentEvery", "01:00:00"),
        ("Pacs:Client:Pause", "00:00:00.001"),
        ("Pacs:Client:BreakFor", "00:00:00.1")
    );
    private FakePacs _north = null!;
    private FakePacs _south = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPacsStore Ledger => _cluster.Get<IPacsStore>();

    private IJobStore Jobs => _cluster.Get<IJobStore>();

    public async ValueTask InitializeAsync()
    {
        (_north, _south) = (await FakePacs.StartAsync(), await FakePacs.StartAsync());
        await _cluster.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _north.DisposeAsync();
        await _south.DisposeAsync();
    }

    [Fact]
    public async Task Job_TwoPacsWithFaults_EveryInstanceInExactlyOneFinalStateAndTheRestGoesOn()
    {
        // north: 6 good, 1 answered with 500 for ever, 1 cut for ever, 1 that vanishes, 1 CT, 1 broken file, 2 out of range
        Fill(_north, 1, 6);
        foreach (string bad in (string[])["1.2.900", "1.2.901", "1.2.902"])
            _north.Add(bad, March);
        _north.Add("1.2.903", March, modality: "CT");
        _north.Add("1.2.904", March, content: [1, 2, 3]);
        _north.Add("1.2.905", To.AddDays(1));
        _north.Add("1.2.906", date: null);
        _north.FiltersDates = false;
        _north.Script = async context =>
        {
            string path = context.Request.Path.Value!;
            if (path.EndsWith("/instances/1.2.900", StringComparison.Ordinal))
                context.Response.StatusCode = 500;
            else if (path.EndsWith("/instances/1.2.901", StringComparison.Ordinal))
            {
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync("half"u8.ToArray());
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
            else if (path.EndsWith("/instances/1.2.902", StringComparison.Ordinal))
                context.Response.StatusCode = 404;
            else
                return false;
            return true;
        };
        Fill(_south, 1, 4); // the UIDs of north: other images all the same
        await AddAsync(North, _north);
        await AddAsync(South, _south);

        JobId job = await _cluster
            .Get<ScoringJobs>()
            .SubmitOverPacsAsync(_cluster.Model, [North, South], From, To, Token);
        JobProgress done = await Jobs.WaitUntilDoneAsync(job);

        HospitalProgress north = done.Hospitals.Single(h => h.Hospital == North);
        Assert.Equal((11, 6, 1, 4), (north.Total, north.Scored, north.Excluded, north.Failed));
        Assert.Equal(new PacsProgress(11, 7, 1, 3, Complete: true), north.Pacs);
        HospitalProgress south = done.Hospitals.Single(h => h.Hospital == South);
        Assert.Equal((4, 4, 0, 0), (south.Total, south.Scored, south.Excluded, south.Failed));

        Assert.Equal(PacsInstanceState.Parked, await StateAsync(North, "1.2.900"));
        Assert.Equal(PacsInstanceState.Parked, await StateAsync(North, "1.2.901"));
        Assert.Equal(PacsInstanceState.Parked, await StateAsync(North, "1.2.902"));
        Assert.Equal(PacsInstanceState.Excluded, await StateAsync(North, "1.2.903"));
        Assert.Equal(PacsInstanceState.Parked, await StateAsync(North, "1.2.904"));
        Assert.Contains(
            "hospital north answers this request with error 500",
            (await FindAsync(North, "1.2.900"))!.Reason!.Text,
            StringComparison.Ordinal
        );
        var results = await Jobs.ResultsAsync(job);
        Assert.Equal(11, results.Count);
        Assert.Equal(11, results.Select(r => r.Result.Instance.Id).Distinct().Count());
        Assert.DoesNotContain(_north.Requests, r => r.Contains("/instances/1.2.903", StringComparison.Ordinal));

        // what could not be fetched is mended, and only that is fetched again
        _north.Script = _ => Task.FromResult(false);
        foreach (string bad in (string[])["1.2.900", "1.2.901", "1.2.902"])
            _north.Add(bad, March, content: NoiseImage.Png(int.Parse(bad[4..], null)));
        int before = _north.Requests.Count(r => r.Contains("/instances/", StringComparison.Ordinal));
        Assert.Equal(4, await _cluster.Get<ScoringJobs>().RetryFailedAsync(job, Token));
        JobProgress retried = await Jobs.WaitUntilAsync(
            job,
            p => p.State == JobState.Done && p.Hospitals.Sum(h => h.Scored) == 13
        );
        Assert.Equal(1, retried.Hospitals.Sum(h => h.Failed));
        Assert.Equal(3, _north.Requests.Count(r => r.Contains("/instances/", StringComparison.Ordinal)) - before);
    }

    [Fact]
    public async Task Hint_NewStudy_FetchedAndScoredWithTheActiveModel()
    {
        await _cluster.Get<ModelRegistry>().ActivateAsync(_cluster.Model, Token);
        await AddAsync(North, _north);
        await UntilAsync(() => Task.FromResult(!_north.Requests.IsEmpty));
        FakeInstance late = _north.Add("1.2.7", new DateOnly(2019, 1, 1), content: NoiseImage.Png(7));

        await Grain(North).Hint(new PacsHint(late.Study, Urgent: true));
        await UntilAsync(async () => await StateAsync(North, "1.2.7") == PacsInstanceState.Scored);

        PacsInstanceRecord row = (await FindAsync(North, "1.2.7"))!;
        Assert.Equal((1, true), (row.Revision, row.Urgent));
        ScoreRecord? score = await _cluster.Get<IScoreStore>().FindAsync(row.Id, row.Sha256!, _cluster.Model, Token);
        Assert.Equal(ImageOutcome.Scored, score!.Score.Outcome);

        // the same UID with other content
        _north.Add("1.2.7", new DateOnly(2019, 1, 1), content: NoiseImage.Png(8));
        await Grain(North).Hint(new PacsHint(late.Study));
        await UntilAsync(async () =>
            await FindAsync(North, "1.2.7") is { Revision: 2, State: PacsInstanceState.Scored }
        );
    }

    [Fact]
    public async Task Kill_NodeThatLooksAfterThePacs_AnotherGoesOnAndNothingIsFetchedForNothing()
    {
        const int Images = 60;
        Fill(_north, 1, Images);
        await AddAsync(North, _north);
        JobId job = await _cluster.Get<ScoringJobs>().SubmitOverPacsAsync(_cluster.Model, [North], From, To, Token);
        await Jobs.WaitUntilAsync(job, p => p.Finished >= Images / 4);
        await _cluster.KillAsync("node-1");

        JobProgress done = await Jobs.WaitUntilDoneAsync(job);

        Assert.Equal(Images, done.Hospitals.Single().Scored);
        Assert.Equal([(North, PacsInstanceState.Scored, Images)], await Ledger.CountAsync(Token));
        Assert.Equal(Images, (await Jobs.ResultsAsync(job)).Select(r => r.Result.Instance.Id).Distinct().Count());
    }

    [Fact]
    public async Task Pause_Resume_TheJobStandsStillAndGoesOn()
    {
        Fill(_north, 1, 40);
        await AddAsync(North, _north);
        var jobs = _cluster.Get<ScoringJobs>();
        JobId job = await jobs.SubmitOverPacsAsync(_cluster.Model, [North], From, To, Token);
        await Jobs.WaitUntilAsync(job, p => p.Finished >= 4);

        await jobs.PauseAsync(job, Token);
        int finished = (await Jobs.ReadProgressAsync(job, Token))!.Finished;
        await UntilAsync(async () =>
            (await Ledger.CountAsync(Token)).Where(c => c.State is PacsInstanceState.Seen).Sum(c => c.Count) == 0
        ); // fetching goes on, scoring does not
        JobProgress paused = (await Jobs.ReadProgressAsync(job, Token))!;
        Assert.Equal((JobState.Paused, finished), (paused.State, paused.Finished));

        await jobs.ResumeAsync(job, Token);
        Assert.Equal(40, (await Jobs.WaitUntilDoneAsync(job)).Hospitals.Single().Scored);
    }

    [Fact]
    public async Task Job_OneHospitalWithManyTimesTheStudies_DoesNotStarveTheOther()
    {
        Fill(_north, 1, 150);
        Fill(_south, 1, 10);
        await AddAsync(North, _north);
        await AddAsync(South, _south);

        JobId job = await _cluster
            .Get<ScoringJobs>()
            .SubmitOverPacsAsync(_cluster.Model, [North, South], From, To, Token);
        JobProgress small = await Jobs.WaitUntilAsync(
            job,
            p => p.Hospitals.Single(h => h.Hospital == South).Scored == 10
        );

        // a fair share is one in two: the small one is through long before the large one's half
        Assert.InRange(small.Hospitals.Single(h => h.Hospital == North).Scored, 0, 75);
        await _cluster.Get<ScoringJobs>().CancelAsync(job, Token);
    }

    [Fact]
    public async Task Source_WrongPassword_TheFaultNamesTheHospitalAndAChangeMendsIt()
    {
        _north.Authorization = "Basic " + Convert.ToBase64String("scorer:right"u8.ToArray());
        string folder = Directory.CreateTempSubdirectory("cxr-secret-").FullName;
        string file = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(file, "wrong", Token);
        var source = new PacsSource
        {
            Hospital = North,
            Url = _north.Url,
            User = "scorer",
            PasswordFrom = "file:" + file,
        };
        await Ledger.PutSourceAsync(source, Token);
        await UntilAsync(async () => (await Ledger.ListSourcesAsync(Token)).Single().Fault is not null);
        string fault = (await Ledger.ListSourcesAsync(Token)).Single().Fault!;
        Assert.Contains("hospital north refuses the credentials", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", fault, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "right", Token);
        await Grain(North).Restart();

        await UntilAsync(async () =>
            (await Ledger.ListSourcesAsync(Token)).Single() is { Fault: null, AllAt: not null }
        );
        Directory.Delete(folder, recursive: true);
    }

    private static void Fill(FakePacs pacs, int first, int count)
    {
        foreach (int n in Enumerable.Range(first, count))
            pacs.Add($"1.2.{n}", March, content: NoiseImage.Png(n));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
            await timer.WaitForNextTickAsync(limit.Token);
    }

    private IPacsSourceGrain Grain(HospitalId hospital) =>
        _cluster.Get<IGrainFactory>().GetGrain<IPacsSourceGrain>(hospital.Value);

    private Task<PacsInstanceRecord?> FindAsync(HospitalId hospital, string uid) =>
        Ledger.FindAsync(new InstanceId(hospital, new SopInstanceUid(uid)), Token);

    private async Task<PacsInstanceState?> StateAsync(HospitalId hospital, string uid) =>
        (await FindAsync(hospital, uid))?.State;

    private Task AddAsync(HospitalId hospital, FakePacs pacs) =>
        Ledger.PutSourceAsync(new PacsSource { Hospital = hospital, Url = pacs.Url }, Token);
}
