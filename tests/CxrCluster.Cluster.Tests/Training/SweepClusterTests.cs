using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>Coordinator, slots, rows and checkpoints are the real ones; the runs are simulated.</summary>
public sealed class SweepClusterTests
{
    private static readonly SweepSpec Spec = new()
    {
        Architectures = ["resnet34", "resnet50"],
        Splits = 4,
        Epochs = 4,
        Cohort = "0",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_ThreeNodes_EveryRunIsTrainedOnceAndNothingIsLeft()
    {
        var runs = new SimulatedRuns();
        await using CxrTestCluster cluster = await StartAsync(runs);
        SweepId id = await SubmitAsync(cluster);

        SweepProgress done = await Store(cluster).WaitUntilOverAsync(id);

        Assert.Equal(SweepState.Done, done.State);
        await CheckPredictionsAsync(cluster, id);
        Assert.Equal(done.Epochs * SimulatedRuns.StepsPerEpoch, runs.Steps);
        Assert.All(done.Runs, r => Assert.Equal([1, 0.5, 1.0 / 3, 0.25], r.History.Select(e => e.Loss)));
        await NoCheckpointIsLeftAsync(cluster, id);
    }

    [Fact]
    public async Task Kill_EachOfTwoNodes_LosesAtMostOneEpochOfOneRunEach()
    {
        var runs = new SimulatedRuns();
        await using CxrTestCluster cluster = await StartAsync(runs);
        SweepId id = await SubmitAsync(cluster);

        // One of the three has the coordinator too.
        await Store(cluster).WaitUntilAsync(id, p => p.EpochsDone >= 4 && IsOn(p, "node-1"));
        await cluster.KillAsync("node-1");
        await Store(cluster).WaitUntilAsync(id, p => p.EpochsDone >= 12 && IsOn(p, "node-2"));
        await cluster.KillAsync("node-2");
        SweepProgress done = await Store(cluster).WaitUntilOverAsync(id);

        Assert.Equal(SweepState.Done, done.State);
        await CheckPredictionsAsync(cluster, id);
        Assert.InRange(runs.Steps - done.Epochs * SimulatedRuns.StepsPerEpoch, 0, 2 * SimulatedRuns.StepsPerEpoch);
    }

    [Fact]
    public async Task Pause_ThenResume_KeepsTheEpochsAndGoesOn()
    {
        var runs = new SimulatedRuns();
        await using CxrTestCluster cluster = await StartAsync(runs);
        SweepId id = await SubmitAsync(cluster);
        var sweeps = cluster.Get<TrainingSweeps>();
        await Store(cluster).WaitUntilAsync(id, p => p.EpochsDone >= 5);

        Assert.True(await sweeps.PauseAsync(id, Token));
        SweepProgress paused = (await Store(cluster).ReadProgressAsync(id, Token))!;
        Assert.Equal((SweepState.Paused, 0), (paused.State, paused.Count(RunState.Running)));
        Assert.True(await sweeps.ResumeAsync(id, Token));
        SweepProgress done = await Store(cluster).WaitUntilOverAsync(id);

        Assert.Equal(SweepState.Done, done.State);
        await CheckPredictionsAsync(cluster, id);
        // what the three slots had begun, and no more, may have been done twice
        Assert.InRange(runs.Steps - done.Epochs * SimulatedRuns.StepsPerEpoch, 0, 3 * SimulatedRuns.StepsPerEpoch);
    }

    [Fact]
    public async Task Cancel_TwoSweeps_TheOtherGoesOn()
    {
        var runs = new SimulatedRuns();
        await using CxrTestCluster cluster = await StartAsync(runs);
        SweepId first = await SubmitAsync(cluster);
        SweepId second = await SubmitAsync(cluster);
        await Store(cluster).WaitUntilAsync(second, p => p.EpochsDone >= 1); // both are served

        Assert.True(await cluster.Get<TrainingSweeps>().CancelAsync(first, Token));
        SweepProgress done = await Store(cluster).WaitUntilOverAsync(second);

        Assert.Equal(SweepState.Done, done.State);
        await CheckPredictionsAsync(cluster, second);
        Assert.Equal(SweepState.Cancelled, (await Store(cluster).ReadProgressAsync(first, Token))!.State);
    }

    [Fact]
    public async Task Run_Hopeless_FailsWithItsReasonAndTheOthersGoOn()
    {
        RunKey bad = new("resnet34", 2);
        var runs = new SimulatedRuns { Hopeless = (bad, "the split has one class") };
        await using CxrTestCluster cluster = await StartAsync(runs);
        SweepId id = await SubmitAsync(cluster);

        SweepProgress done = await Store(cluster).WaitUntilOverAsync(id);

        Assert.Equal((SweepState.Done, 7), (done.State, done.Count(RunState.Done)));
        RunProgress failed = Assert.Single(done.Runs, r => r.State == RunState.Failed);
        Assert.Equal((bad, "the split has one class"), (failed.Key, failed.Reason));
    }

    private static async Task<CxrTestCluster> StartAsync(SimulatedRuns runs)
    {
        var cluster = new CxrTestCluster
        {
            RolesBySilo = ["jobs,index,gateway", "training", "training", "training"],
            Configure = services => services.AddSingleton<ITrainingRuns>(runs),
        };
        await cluster.InitializeAsync();
        return cluster;
    }

    private static ISweepStore Store(CxrTestCluster cluster) => cluster.Get<ISweepStore>();

    private static async Task<SweepId> SubmitAsync(CxrTestCluster cluster)
    {
        await cluster.Get<IBlobStore>().PutIfAbsentAsync(BlobKeys.Cohort(Spec.Cohort), new byte[1], Token);
        return await cluster.Get<TrainingSweeps>().SubmitAsync(Spec, Token);
    }

    private static bool IsOn(SweepProgress sweep, string node) => sweep.Runs.Any(r => r.Slot?.Node.Value == node);

    private static async Task CheckPredictionsAsync(CxrTestCluster cluster, SweepId id)
    {
        var predictions = await Store(cluster).ReadPredictionsAsync(id, Token);
        Assert.Equal(Spec.Runs(), predictions.Select(p => p.Run));
        Assert.All(predictions, p => Assert.Equal(SimulatedRuns.Expected(Spec, p.Run), p.Predictions));
    }

    private static async Task NoCheckpointIsLeftAsync(CxrTestCluster cluster, SweepId id)
    {
        // they are deleted after the sweep has been marked
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int i = 0; i < 200; i++)
        {
            if (!await cluster.Get<IBlobStore>().ListAsync(BlobKeys.Checkpoints(id), Token).AnyAsync(Token))
                return;
            await timer.WaitForNextTickAsync(Token);
        }
        Assert.Fail("Checkpoints were left behind.");
    }
}
