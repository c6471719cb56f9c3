using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Tests.Engines;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Storage.Tests.Jobs;

/// <summary>
/// Random histories: two coordinators that take parts over from each other and commit under whatever epoch they hold, people
/// who cancel and retry, images that change. After each step the store answers as <see cref="ReferenceCatalogue"/> does.
/// </summary>
public abstract class JobStoreModelTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private const int Steps = 25;

    /// <summary>Something that happens; the numbers say to what.</summary>
    private sealed record Step(int Kind, int Who, int Hospital, int Choice, int Mask);

    [Fact]
    public void AnyHistory_LikeTheReference()
    {
        Gen<Step> step =
            from kind in Gen.Choose(0, 15)
            from who in Gen.Choose(0, 1)
            from hospital in Gen.Choose(0, 1)
            from choice in Gen.Choose(0, 99)
            from mask in Gen.Choose(1, 31)
            select new Step(kind, who, hospital, choice, mask);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(30),
            Prop.ForAll(
                Arb.From(step.ArrayOf(Steps), WithoutOne),
                steps => new History(Catalogue).RunAsync(steps).GetAwaiter().GetResult()
            )
        );
    }

    private static IEnumerable<Step[]> WithoutOne(Step[] steps) =>
        steps.Select((_, left) => steps.Where((_, n) => n != left).ToArray());

    private sealed class History
    {
        private readonly Sample _sample = new();
        private readonly IJobStore _jobs;
        private readonly IScoreStore _scores;
        private readonly IInstanceStore _instances;
        private readonly ReferenceCatalogue _reference;
        private readonly List<JobId> _known = [];
        private readonly Dictionary<(int Who, int Hospital), JobPart> _held = [];
        private int _results;

        public History(CatalogueFixture catalogue)
        {
            _jobs = catalogue.Get<IJobStore>();
            _scores = catalogue.Get<IScoreStore>();
            _instances = catalogue.Get<IInstanceStore>();
            _reference = new ReferenceCatalogue(_sample.Model);
        }

        public async Task RunAsync(Step[] steps)
        {
            foreach (int hospital in (int[])[0, 1])
            foreach (InstanceRecord image in _sample.Instances(3, hospital))
                await UpsertAsync(image);
            await CreateAsync();
            foreach (Step step in steps)
                await DoAsync(step);
            await CompareAsync();
        }

        private Task DoAsync(Step step) =>
            step.Kind switch
            {
                0 or 1 or 2 => TakeOverAsync(step),
                <= 8 => CommitAsync(step),
                9 or 10 => CompleteAsync(step),
                11 => CancelAsync(step),
                12 => RetryAsync(step),
                13 => RecordAsync(step),
                14 => UpsertAsync(_sample.Instance(step.Choice % 3, step.Hospital, version: step.Choice % 4)),
                _ => CreateAsync(),
            };

        private async Task UpsertAsync(InstanceRecord image)
        {
            await _instances.UpsertAsync([image], Cancel);
            _reference.Upsert(image);
        }

        /// <summary>Five items of each hospital: two of its three images are named twice.</summary>
        private async Task CreateAsync()
        {
            JobId job = _sample.Job(_known.Count);
            JobItemSeed[] items =
            [
                .. Enumerable.Range(0, 10).Select(n => new JobItemSeed(n, _sample.Instance(n / 2 % 3, n % 2).Id)),
            ];
            await _jobs.CreateAsync(
                new ScoringJobRecord(job, _sample.Model, ScoringPriority.Bulk, Sample.Start),
                items,
                Cancel
            );
            _reference.Create(job, items);
            _known.Add(job);
        }

        private async Task TakeOverAsync(Step step)
        {
            JobId job = _known[step.Choice % _known.Count];
            JobPart? part = await _jobs.TakeOverAsync(job, _sample.Hospital(step.Hospital), Cancel);
            Assert.Equal(_reference.TakeOver(job, _sample.Hospital(step.Hospital)), part?.Epoch);
            if (part is not null)
                _held[(step.Who, step.Hospital)] = part;
        }

        private async Task CommitAsync(Step step)
        {
            if (!_held.TryGetValue((step.Who, step.Hospital), out JobPart? part))
                return;
            JobItemResult[] results =
            [
                .. Enumerable
                    .Range(0, 5)
                    .Where(bit => (step.Mask & (1 << bit)) != 0)
                    .Select(bit => (2 * bit) + step.Hospital)
                    .Select(ordinal => new JobItemResult(ordinal, Result(ordinal / 2 % 3, step.Hospital, step.Choice))),
            ];
            if (_reference.Holds(part))
                Same.Value(_reference.Commit(part, results), [.. await _jobs.CommitAsync(part, results, Cancel)]);
            else
                await Assert.ThrowsAsync<StaleCoordinatorException>(() => _jobs.CommitAsync(part, results, Cancel));
        }

        private async Task CompleteAsync(Step step)
        {
            if (!_held.TryGetValue((step.Who, step.Hospital), out JobPart? part))
                return;
            if (!_reference.Holds(part))
                await Assert.ThrowsAsync<StaleCoordinatorException>(() => _jobs.CompleteAsync(part, Cancel));
            else if (_reference.HasPending(part))
                await Assert.ThrowsAsync<InvalidOperationException>(() => _jobs.CompleteAsync(part, Cancel));
            else
            {
                await _jobs.CompleteAsync(part, Cancel);
                _reference.Complete(part);
            }
        }

        private async Task CancelAsync(Step step)
        {
            JobId job = _known[step.Choice % _known.Count];
            await _jobs.CancelAsync(job, Cancel);
            _reference.Cancel(job);
        }

        private async Task RetryAsync(Step step)
        {
            JobId job = _known[step.Choice % _known.Count];
            Assert.Equal(_reference.RetryFailed(job), await _jobs.RetryFailedAsync(job, Cancel));
        }

        private async Task RecordAsync(Step step)
        {
            ScoreRecord score = Result(step.Choice % 3, step.Hospital, step.Mask);
            await _scores.RecordAsync([score], Cancel);
            _reference.Record(score);
        }

        /// <summary>Each result is unlike any before, so that an overwritten one shows.</summary>
        private ScoreRecord Result(int number, int hospital, int choice)
        {
            InstanceRecord image = _reference.Find(_sample.Instance(number, hospital).Id);
            int mark = ++_results;
            return ((choice + number) % 3) switch
            {
                0 => _sample.Score(image, 1.0 / mark),
                1 => _sample.Exclude(image, $"excluded {mark}"),
                _ => _sample.Fail(image, $"failed {mark}"),
            };
        }

        private async Task CompareAsync()
        {
            foreach (JobId job in _known)
            {
                Same.Value(_reference.Progress(job), (await _jobs.ReadProgressAsync(job, Cancel))!);
                var results = await _jobs.ReadResultsAsync(job, 0, Cancel).ToArrayAsync(Cancel);
                Same.Value(
                    _reference.Results(job).Select(r => new { r.Ordinal, r.Result }).ToArray(),
                    results.Select(r => new { r.Ordinal, r.Result }).ToArray()
                );
            }
            foreach (ScoreRecord score in _reference.Scores)
                Same.Value(score, (await _scores.FindAsync(score.Instance, score.Sha256, _sample.Model, Cancel))!);
            WorklistPage worklist = await _scores.ReadWorklistAsync(
                new WorklistQuery(_sample.Model, Limit: 500),
                Cancel
            );
            Same.Value(_reference.Worklist().ToArray(), [.. worklist.Rows]);
        }
    }
}

public sealed class SqliteJobStoreModelTests(SqliteCatalogue catalogue)
    : JobStoreModelTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresJobStoreModelTests(PostgresCatalogue catalogue)
    : JobStoreModelTests(catalogue),
        IClassFixture<PostgresCatalogue>;
