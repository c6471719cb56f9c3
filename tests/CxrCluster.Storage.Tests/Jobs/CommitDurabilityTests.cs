using System.Diagnostics;
using System.Globalization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Storage.Tests.Jobs;

public sealed class CommitDurabilityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-durability-").FullName;

    [Fact]
    public async Task Commit_ProcessKilled_EverythingAcknowledgedIsThereAndNoPart()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string path = Path.Combine(_folder, "catalogue.db");
        using Process child = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ChildArguments(path))
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var job = new JobId((await child.StandardOutput.ReadLineAsync(cancel))!);
        for (int i = 0; i < 40; i++)
            await child.StandardOutput.ReadLineAsync(cancel);
        child.Kill(); // SIGKILL: at whatever the child is doing just now
        string[] rest = (await child.StandardOutput.ReadToEndAsync(cancel)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        await child.WaitForExitAsync(cancel);
        int acknowledged = 40 + rest.Count(line => int.TryParse(line, CultureInfo.InvariantCulture, out _));

        await using ServiceProvider services = CatalogueFixture.Open(new CatalogueOptions { Path = path });
        IJobStore jobs = services.GetRequiredService<IJobStore>();
        JobProgress progress = (await jobs.ReadProgressAsync(job, cancel))!;
        long[] final = await jobs.ReadResultsAsync(job, 0, cancel).Select(r => r.Ordinal).ToArrayAsync(cancel);

        // The commit that was under way when the kill came may be there too.
        Assert.InRange(progress.Finished, acknowledged, acknowledged + 1);
        Assert.Equal(Enumerable.Range(0, progress.Finished).Select(i => (long)i), final);
        Assert.Equal(CommitLoop.Items, progress.Total);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Under "dotnet X.dll" the process is dotnet, and the first argument the tests' own library.</summary>
    private static string[] ChildArguments(string path) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(CommitLoop).Assembly.Location, CommitLoop.Verb, path]
            : [CommitLoop.Verb, path];
}
