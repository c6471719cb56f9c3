using CxrCluster.Grains.Workers;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Cluster.Tests.Workers;

public sealed class WorkerPoolTests
{
    private const int MostCalls = 1000;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryAcquire_NoWorkers_False()
    {
        WorkerPool<string> pool = PoolOf();

        Assert.False(pool.TryAcquire(MostCalls, out _));
    }

    [Fact]
    public void TryAcquire_ManyCalls_LoadStaysWithinASmallSpread()
    {
        WorkerPool<string> pool = PoolOf("a", "b", "c", "d");

        var load = Enumerable
            .Range(0, 400)
            .Select(_ => Acquire(pool))
            .GroupBy(w => w, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

        Assert.Equal(4, load.Count);
        // two choices keep the largest load near the mean; one random choice would spread by some 35
        Assert.InRange(load.Values.Max() - load.Values.Min(), 0, 12);
    }

    [Fact]
    public void Release_Failed_WorkerRestsAndComesBackWithOneCallFirst()
    {
        WorkerPool<string> pool = PoolOf("a");

        pool.Release(Acquire(pool), failed: true);
        bool resting = !pool.TryAcquire(MostCalls, out _);
        _time.Advance(TimeSpan.FromSeconds(1));
        string trial = Acquire(pool);
        bool secondWhileOnTrial = pool.TryAcquire(MostCalls, out _);
        pool.Release(trial, failed: false);

        Assert.True(resting);
        Assert.False(secondWhileOnTrial);
        Assert.True(pool.TryAcquire(MostCalls, out _));
        Assert.True(pool.TryAcquire(MostCalls, out _));
    }

    [Fact]
    public void Release_FailsAgainAndAgain_RestGrowsToItsBound()
    {
        WorkerPool<string> pool = PoolOf("a");
        TimeSpan longest = TimeSpan.Zero;

        for (int i = 0; i < 12; i++)
        {
            pool.Release(Acquire(pool), failed: true);
            TimeSpan rest = TimeSpan.Zero;
            string? worker;
            while (!pool.TryAcquire(MostCalls, out worker))
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
                rest += TimeSpan.FromMilliseconds(50);
            }
            Assert.True(rest >= longest, $"rest {i} was {rest}, the one before {longest}");
            longest = rest;
            pool.Release(worker, failed: true);
            _time.Advance(WorkerPool<string>.LongestRest);
        }

        Assert.Equal(WorkerPool<string>.LongestRest, longest);
    }

    [Fact]
    public void TryAcquire_EveryWorkerHasItsFill_FalseUntilOneAnswers()
    {
        var pool = new WorkerPool<string>(() => ["a", "b"], _time, new Random(1));
        for (int i = 0; i < 6; i++)
            Assert.True(pool.TryAcquire(3, out _));

        bool seventh = pool.TryAcquire(3, out _);
        pool.Release("b", failed: false);

        Assert.False(seventh);
        Assert.True(pool.TryAcquire(3, out string next));
        Assert.Equal("b", next);
    }

    [Fact]
    public void TryAcquire_OneRests_OthersServe()
    {
        WorkerPool<string> pool = PoolOf("a", "b");
        string failed = Acquire(pool);
        pool.Release(failed, failed: true);

        for (int i = 0; i < 50; i++)
            Assert.NotEqual(failed, Acquire(pool));
    }

    [Fact]
    public void TryAcquire_AnySequence_NeverHandsOutAWorkerThatIsGone() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(byte Live, bool Failed)[]>(),
                steps =>
                {
                    string[] all = ["a", "b", "c"];
                    string[] live = all;
                    var pool = new WorkerPool<string>(() => live, _time, new Random(1));
                    foreach ((byte mask, bool failed) in steps)
                    {
                        live = [.. all.Where((_, i) => (mask >> i & 1) == 1)];
                        if (!pool.TryAcquire(MostCalls, out string worker))
                            continue;
                        if (!live.Contains(worker, StringComparer.Ordinal))
                            return false;
                        pool.Release(worker, failed);
                        _time.Advance(TimeSpan.FromMilliseconds(mask));
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    private WorkerPool<string> PoolOf(params string[] workers) => new(() => workers, _time, new Random(7));

    private static string Acquire(WorkerPool<string> pool)
    {
        Assert.True(pool.TryAcquire(MostCalls, out string worker));
        return worker;
    }
}
