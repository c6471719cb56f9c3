using System.Globalization;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Storage.Tests.Jobs;

/// <summary>A coordinator in a process of its own: commits item after item and says so, until it is killed.</summary>
internal static class CommitLoop
{
    public const string Verb = "commit-loop";

    public const int Items = 5_000;

    /// <summary>First prints the job's id, then each ordinal once its commit has returned.</summary>
    public static async Task<int> RunAsync(string path)
    {
        await using ServiceProvider services = CatalogueFixture.Open(new CatalogueOptions { Path = path });
        await services.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(CancellationToken.None);
        var sample = new Sample();
        InstanceRecord image = sample.Instance(0);
        await services.GetRequiredService<IInstanceStore>().UpsertAsync([image], CancellationToken.None);
        IJobStore jobs = services.GetRequiredService<IJobStore>();
        await jobs.CreateAsync(
            new ScoringJobRecord(sample.Job(), sample.Model, ScoringPriority.Bulk, Sample.Start),
            [.. Enumerable.Range(0, Items).Select(ordinal => new JobItemSeed(ordinal, image.Id))],
            CancellationToken.None
        );
        JobPart part = (await jobs.TakeOverAsync(sample.Job(), sample.Hospital(), CancellationToken.None))!;
        await Console.Out.WriteLineAsync(sample.Job().Value);
        for (int ordinal = 0; ordinal < Items; ordinal++)
        {
            await jobs.CommitAsync(
                part,
                [new JobItemResult(ordinal, sample.Score(image, 0.5))],
                CancellationToken.None
            );
            await Console.Out.WriteLineAsync(ordinal.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }
        return 0;
    }
}
