using System.Text;
using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;

namespace CxrCluster.Cluster.Tests.Jobs;

[Collection(SharedCluster.Name)]
public sealed class ScoringJobTests(CxrTestCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IJobStore Rows => cluster.Get<IJobStore>();

    [Fact]
    public async Task Submit_TwoHospitalsAndBadImages_EveryItemEndsInItsState()
    {
        HospitalId north = new("mixed-north");
        HospitalId south = new("mixed-south");
        IReadOnlyList<InstanceRecord> good =
        [
            .. await cluster.AdmitNoiseAsync(north, 1000, 20),
            .. await cluster.AdmitNoiseAsync(south, 1100, 12),
        ];
        IReadOnlyList<InstanceRecord> bad = await cluster
            .Get<ImageIntake>()
            .AdmitAsync(
                [
                    new NewImage(north, "text.png", Encoding.UTF8.GetBytes("this is no picture")),
                    new NewImage(north, "empty.png", ReadOnlyMemory<byte>.Empty),
                    new NewImage(south, "side.png", NoiseImage.Png(1200), View: "LATERAL"),
                ],
                Token
            );

        JobId job = await SubmitAsync([.. good, .. bad]);
        JobProgress done = await Rows.WaitUntilDoneAsync(job);

        Assert.Equal(35, done.Total);
        Assert.Equal((20, 0, 2), Counts(done, north));
        Assert.Equal((12, 1, 0), Counts(done, south));
        var results = await Rows.ResultsAsync(job);
        Assert.Equal(Enumerable.Range(0, 35).Select(i => (long)i), results.Select(r => r.Ordinal));
        Assert.All(results.Take(32), r => Assert.InRange(r.Result.Score.Score.Probability ?? double.NaN, 0, 1));
        Assert.Contains("text.png", results[32].Result.Score.Score.Reason!.Text, StringComparison.Ordinal);
        Assert.Equal(ReasonCodes.Unreadable, results[33].Result.Score.Score.Reason!.Code);
        Assert.Equal(ReasonCodes.LateralView, results[34].Result.Score.Score.Reason!.Code);
    }

    [Fact]
    public async Task Submit_SameImageTwiceInTheInput_BothPlacesHaveTheOneResult()
    {
        HospitalId hospital = new("twice");
        InstanceRecord image = (await cluster.AdmitNoiseAsync(hospital, 2000, 1))[0];

        JobId job = await SubmitAsync([image, image]);
        await Rows.WaitUntilDoneAsync(job);
        var results = await Rows.ResultsAsync(job);

        Assert.Equal(2, results.Count);
        Assert.Equal(results[0].Result.Score.Score.Probability, results[1].Result.Score.Score.Probability);
    }

    [Fact]
    public async Task Submit_AlreadyScored_DoneWithoutScoringAgain()
    {
        HospitalId hospital = new("again");
        IReadOnlyList<InstanceRecord> images = await cluster.AdmitNoiseAsync(hospital, 3000, 6);
        JobId first = await SubmitAsync(images);
        await Rows.WaitUntilDoneAsync(first);
        var before = await Rows.ResultsAsync(first);

        JobId second = await SubmitAsync(images);
        await Rows.WaitUntilDoneAsync(second);
        var after = await Rows.ResultsAsync(second);

        Assert.Equal(before.Select(r => r.Result.Score.ScoredAt), after.Select(r => r.Result.Score.ScoredAt));
    }

    [Fact]
    public async Task Cancel_WhileRunning_NothingIsCommittedAfterwards()
    {
        HospitalId hospital = new("cancelled");
        IReadOnlyList<InstanceRecord> images = await cluster.AdmitNoiseAsync(hospital, 4000, 120);
        JobId job = await SubmitAsync(images);
        await Rows.WaitUntilAsync(job, p => p.Finished >= 8);

        await cluster.Get<ScoringJobs>().CancelAsync(job, Token);
        JobProgress atCancel = (await Rows.ReadProgressAsync(job, Token))!;
        JobId other = await SubmitAsync(await cluster.AdmitNoiseAsync(hospital, 4500, 20));
        await Rows.WaitUntilDoneAsync(other); // the cluster went on working meanwhile
        JobProgress later = (await Rows.ReadProgressAsync(job, Token))!;

        Assert.Equal(JobState.Cancelled, later.State);
        Assert.Equal(atCancel.Finished, later.Finished);
        Assert.InRange(later.Finished, 8, 119);
    }

    [Fact]
    public async Task ScoreAsync_SameImageAgainAndAgain_SameProbabilityOnAnySlotInAnyBatch()
    {
        InstanceRecord image = (await cluster.AdmitNoiseAsync(new HospitalId("same"), 5000, 1))[0];
        IReadOnlyList<InstanceRecord> others = await cluster.AdmitNoiseAsync(new HospitalId("same"), 5001, 24);
        var pipeline = cluster.Get<IScoringPipeline>();

        Task<ImageScore> Score(InstanceRecord i) =>
            pipeline.ScoreAsync(new ImageSource(i.BlobKey, i.Name), cluster.Model, ScoringPriority.Bulk, Token);
        ImageScore alone = await Score(image);
        ImageScore[] among = await Task.WhenAll(others.SelectMany(o => new[] { Score(image), Score(o) }));

        Assert.All(
            among.Where((_, i) => i % 2 == 0),
            s => Assert.Equal(alone.Probability!.Value, s.Probability!.Value, tolerance: 1e-5)
        );
        Assert.True(among.Where((_, i) => i % 2 == 1).Select(s => s.Probability).Distinct().Count() > 1);
    }

    private Task<JobId> SubmitAsync(IReadOnlyList<InstanceRecord> images) =>
        cluster
            .Get<ScoringJobs>()
            .SubmitAsync(cluster.Model, [.. images.Select(i => i.Id)], ScoringPriority.Bulk, Token);

    private static (int Scored, int Excluded, int Failed) Counts(JobProgress progress, HospitalId hospital)
    {
        HospitalProgress part = progress.Hospitals.Single(h => h.Hospital == hospital);
        return (part.Scored, part.Excluded, part.Failed);
    }
}
