using CxrCluster.Cluster.Tests.Cluster;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;
using TorchSharp;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>Real, very small trainings: where and how often interrupted does not show in the last bit.</summary>
public sealed class TrainedRunsTests : IDisposable
{
    private const int Side = 32;

    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-trained-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_NodeKilledOnTheWay_PredictsBitByBitWhatOneSlotPredicts()
    {
        (SweepSpec spec, string squares) = MakeCohort();

        var alone = await RunAsync(["jobs,gateway", "training"], spec, squares, kill: false);
        var interrupted = await RunAsync(["jobs,gateway", "training", "training"], spec, squares, kill: true);

        Assert.Equal(spec.Runs(), alone.Select(p => p.Run));
        Assert.All(alone, p => Assert.NotEmpty(p.Predictions));
        Assert.Equal(alone.Select(p => p.Run), interrupted.Select(p => p.Run));
        foreach ((var a, var b) in alone.Zip(interrupted))
            Assert.Equal(a.Predictions, b.Predictions);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<IReadOnlyList<(RunKey Run, IReadOnlyList<TestPrediction> Predictions)>> RunAsync(
        string[] roles,
        SweepSpec spec,
        string squares,
        bool kill
    )
    {
        await using var cluster = new CxrTestCluster { RolesBySilo = roles };
        await cluster.InitializeAsync();
        var sweeps = cluster.Get<TrainingSweeps>();
        var store = cluster.Get<ISweepStore>();
        await sweeps.UploadAsync(BlobKeys.Cohort(spec.Cohort), squares, Token);
        SweepId id = await sweeps.SubmitAsync(spec, Token);
        if (kill)
        {
            await store.WaitUntilAsync(
                id,
                p => p.Runs.Any(r => r is { EpochsDone: 1 } && r.Slot?.Node.Value == "node-1")
            );
            await cluster.KillAsync("node-1");
        }
        SweepProgress done = await store.WaitUntilOverAsync(id);
        Assert.All(
            done.Runs,
            r => Assert.Equal((RunState.Done, null), (r.State, r.State == RunState.Failed ? r.Reason : null))
        );
        return await store.ReadPredictionsAsync(id, Token);
    }

    private (SweepSpec Spec, string Squares) MakeCohort()
    {
        CohortRow[] rows =
        [
            .. Enumerable
                .Range(0, 24)
                .Select(i => new CohortRow
                {
                    Image = $"{i}.png",
                    Hospital = "north",
                    PatientId = $"p{i}",
                    Label = i % 2,
                }),
        ];
        foreach (CohortRow row in rows)
            File.WriteAllBytes(Path.Combine(_folder, row.Image), NoiseImage.Png(int.Parse(row.PatientId[1..], null)));
        using var generator = new torch.Generator(5);
        using var network = new UNet(new UNetShape(2, 4));
        Initialisation.Seeded(network, generator);
        var preprocessing = new PreprocessingOptions { Side = Side };
        string path = Path.Combine(_folder, "cohort.squares");
        using CohortSquares squares = CohortSquares.Build(
            path,
            rows,
            _folder,
            preprocessing,
            new SegmenterFile(network, preprocessing),
            torch.CPU,
            skipUnreadable: false,
            null,
            Token
        );
        var training = new ClassifierTrainingOptions
        {
            Preprocessing = preprocessing,
            BatchSize = 8,
            EmbeddingSize = 8,
        };
        return (
            new SweepSpec
            {
                Architectures = ["resnet34"],
                Splits = 2,
                Epochs = 2,
                TestFraction = 0.25,
                Cohort = squares.Hash,
                Training = SweepTraining.Write(training),
            },
            path
        );
    }
}
