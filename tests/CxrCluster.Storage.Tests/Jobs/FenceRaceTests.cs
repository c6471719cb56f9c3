using System.Collections.Concurrent;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Storage.Tests.Jobs;

/// <summary>Coordinators that truly run at once, each with its own connections, as on two nodes.</summary>
public abstract class FenceRaceTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private const int Items = 120;

    private readonly Sample _sample = new();

    [Fact]
    public async Task Commit_PartTakenOverAllTheTime_ExactlyTheAcknowledgedItemsAreFinal()
    {
        InstanceRecord[] images = _sample.Instances(Items);
        await Catalogue.Get<IInstanceStore>().UpsertAsync(images, Cancel);
        await Catalogue
            .Get<IJobStore>()
            .CreateAsync(
                new ScoringJobRecord(_sample.Job(), _sample.Model, ScoringPriority.Bulk, Sample.Start),
                [.. images.Select((image, ordinal) => new JobItemSeed(ordinal, image.Id))],
                Cancel
            );
        var acknowledged = new ConcurrentDictionary<long, long>();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CoordinateAsync(acknowledged)));

        var final = await Catalogue.Get<IJobStore>().ReadResultsAsync(_sample.Job(), 0, Cancel).ToListAsync(Cancel);
        Assert.Equal(Items, final.Count);
        // The epoch that a result names is the one whose commit was acknowledged: no refused commit left a trace.
        Assert.All(final, f => Assert.Equal(acknowledged[f.Ordinal], (long)f.Result.Score.Score.Milliseconds));
    }

    /// <summary>Commits items one by one; when fenced off, takes the part back. Ends when nothing is pending.</summary>
    private async Task CoordinateAsync(ConcurrentDictionary<long, long> acknowledged)
    {
        await using ServiceProvider node = CatalogueFixture.Open(Catalogue.Options);
        IJobStore jobs = node.GetRequiredService<IJobStore>();
        JobPart part = (await jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;
        while (await jobs.ReadPendingAsync(part.Job, part.Hospital, -1, 1, Cancel) is [var item])
        {
            var result = _sample.Exclude(item.Instance);
            result = result with { Score = result.Score with { Milliseconds = part.Epoch } };
            try
            {
                await jobs.CommitAsync(part, [new JobItemResult(item.Ordinal, result)], Cancel);
                Assert.True(acknowledged.TryAdd(item.Ordinal, part.Epoch), $"item {item.Ordinal} was committed twice");
            }
            catch (StaleCoordinatorException)
            {
                // Lets the other one get on for a while, or they would only take the part from each other.
                for (int i = Random.Shared.Next(8); i > 0; i--)
                    await jobs.ReadPendingAsync(part.Job, part.Hospital, -1, 1, Cancel);
                part = (await jobs.TakeOverAsync(_sample.Job(), _sample.Hospital(), Cancel))!;
            }
        }
    }
}

public sealed class SqliteFenceRaceTests(SqliteCatalogue catalogue)
    : FenceRaceTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresFenceRaceTests(PostgresCatalogue catalogue)
    : FenceRaceTests(catalogue),
        IClassFixture<PostgresCatalogue>;
