using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Jobs;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;

namespace CxrCluster.Cluster.Tests.Jobs;

/// <summary>A cluster of its own: silos die here.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private const int Images = 200;

    private readonly CxrTestCluster _cluster = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_WorkerAndIndexNodesOnTheWay_EveryImageScoredOnce()
    {
        HospitalId hospital = new("north");
        IReadOnlyList<InstanceRecord> images = await _cluster.AdmitNoiseAsync(hospital, 1, Images);
        var rows = _cluster.Get<IJobStore>();
        JobId job = await _cluster
            .Get<ScoringJobs>()
            .SubmitAsync(_cluster.Model, [.. images.Select(i => i.Id)], ScoringPriority.Bulk, Token);

        await rows.WaitUntilAsync(job, p => p.Finished >= Images / 10);
        await _cluster.KillAsync("node-2");
        await _cluster.KillAsync("node-1");
        JobProgress done = await rows.WaitUntilDoneAsync(job);
        var results = await rows.ResultsAsync(job);

        Assert.Equal(Images, done.Hospitals.Single().Scored);
        Assert.Equal(images.Select(i => i.Id), results.Select(r => r.Result.Instance.Id));
        Assert.All(results, r => Assert.Equal(ImageOutcome.Scored, r.Result.Score.Score.Outcome));
    }

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
