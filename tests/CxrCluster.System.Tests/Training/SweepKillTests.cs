using System.Diagnostics;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using CxrCluster.Synthesis;
using TorchSharp;

namespace CxrCluster.System.Tests.Training;

/// <summary>`cxr sweep` as a process of its own, killed without a word and resumed.</summary>
public sealed class SweepKillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-sweep-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_KilledAndResumed_WritesTheSameBytes()
    {
        CohortSummary cohort = await new CohortSynthesizer(
            new SynthesisOptions
            {
                Patients = 16,
                Hospitals = 2,
                Seed = 3,
                Side = 128,
            }
        ).WriteAsync(Path.Combine(_folder, "cohort"), cancellationToken: Token);
        WriteSegmenter();

        Assert.Equal(0, await SweepAsync(cohort, "whole", resume: false, kill: false));
        Assert.NotEqual(0, await SweepAsync(cohort, "killed", resume: false, kill: true));
        Assert.Equal(0, await SweepAsync(cohort, "killed", resume: true, kill: false));

        Assert.Equal(await ReadAsync("whole"), await ReadAsync("killed"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(_folder, name, "sweep.json"), Token);

    /// <summary>Runs to the end, or until the first epoch is in a checkpoint: then it is killed.</summary>
    private async Task<int> SweepAsync(CohortSummary cohort, string name, bool resume, bool kill)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "cxr.dll");
        List<string> args =
        [
            program,
            "sweep",
            "--manifest",
            cohort.ManifestPath,
            "--images",
            cohort.ImagesFolder,
            "--segmenter",
            Path.Combine(_folder, "segmenter.safetensors"),
            "--out",
            Path.Combine(_folder, name),
            .. "--archs resnet34 --side 32 --epochs 3 --splits 2 --bootstraps 3 --batch-size 8 --test 0.3".Split(' '),
            .. resume ? ["--resume"] : Array.Empty<string>(),
        ];
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", args)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var log = new List<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, e) =>
        {
            lock (log)
                log.Add(e.Data ?? "");
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        try
        {
            if (kill)
                await KillAtFirstCheckpointAsync(process, name, limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (log)
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {process.ExitCode}\n{string.Join('\n', log)}");
        return process.ExitCode;
    }

    private async Task KillAtFirstCheckpointAsync(Process process, string name, CancellationToken cancellationToken)
    {
        string checkpoints = Path.Combine(_folder, name, "data", "blobs", "sweeps");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Directory.Exists(checkpoints) && !process.HasExited)
            await timer.WaitForNextTickAsync(cancellationToken);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private void WriteSegmenter()
    {
        using var random = new torch.Generator(3);
        using var network = new UNet(new UNetShape(2, 4));
        Initialisation.Seeded(network, random);
        new SegmenterFile(network, new PreprocessingOptions { Side = 32 }).Write(
            Path.Combine(_folder, "segmenter.safetensors")
        );
    }
}
