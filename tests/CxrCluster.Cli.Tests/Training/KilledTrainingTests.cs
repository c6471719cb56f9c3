using System.Diagnostics;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Cli.Tests.Training;

/// <summary>`cxr train classifier` in a process of its own that is killed in the middle.</summary>
public sealed class KilledTrainingTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainClassifier_KilledAndResumed_GivesTheModelOfAnUninterruptedTraining()
    {
        TrainingCohortFiles.Write(_folder, 24);
        CancellationToken token = TestContext.Current.CancellationToken;
        CliResult whole = await Cxr.RunAsync(Command("whole"));
        Assert.True(whole.ExitCode == 0, whole.Error);

        Directory.CreateDirectory(_folder["killed.checkpoints"]);
        await File.WriteAllTextAsync(_folder["killed.checkpoints/notes.txt"], "keeps the folder there", token);
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var watcher = new FileSystemWatcher(_folder["killed.checkpoints"], "*.checkpoint"))
        {
            watcher.Renamed += (_, _) => saved.TrySetResult(); // a checkpoint is whole once it has its name
            watcher.EnableRaisingEvents = true;
            using Process process = Process.Start(
                new ProcessStartInfo(
                    "dotnet",
                    [Path.Combine(AppContext.BaseDirectory, "cxr.dll"), .. Command("killed")]
                )
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            Task<string> error = process.StandardError.ReadToEndAsync(token);
            await Task.WhenAny(saved.Task, error);
            Assert.True(saved.Task.IsCompleted, error.IsCompleted ? await error : "");
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync(token);
            Assert.NotEqual(0, process.ExitCode);
        }

        CliResult resumed = await Cxr.RunAsync([.. Command("killed"), "--resume"]);

        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("Using cached squares", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Going on after epoch", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllBytes(_folder[$"whole/{ModelBundle.ClassifierFile}"]),
            File.ReadAllBytes(_folder[$"killed/{ModelBundle.ClassifierFile}"])
        );
        Assert.Equal(
            ModelBundle.Load(_folder["whole"]).Manifest.Version,
            ModelBundle.Load(_folder["killed"]).Manifest.Version
        );
        Assert.Single(Directory.EnumerateFiles(_folder["killed.checkpoints"]));
    }

    private string[] Command(string name) =>
        [
            "train",
            "classifier",
            "--manifest",
            _folder["cohort.csv"],
            "--images",
            _folder["images"],
            "--segmenter",
            bundle.Segmenter,
            "--out",
            _folder[name],
            "--arch",
            "resnet34",
            "--side",
            "32",
            "--epochs",
            "4",
            "--batch-size",
            "8",
            "--validation",
            "0.2",
            "--threads",
            "1",
        ];
}
