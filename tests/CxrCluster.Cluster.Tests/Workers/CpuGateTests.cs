using CxrCluster.Grains.Workers;

namespace CxrCluster.Cluster.Tests.Workers;

public sealed class CpuGateTests
{
    [Fact]
    public async Task RunAsync_MoreWorkThanCores_NeverMoreThanCoresAtOnce()
    {
        using var gate = new CpuGate(2);
        using var release = new SemaphoreSlim(0);
        using var started = new SemaphoreSlim(0);
        int running = 0;
        int most = 0;
        int Work()
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            started.Release();
            release.Wait(TestContext.Current.CancellationToken);
            Interlocked.Decrement(ref running);
            return now;
        }

        Task<int>[] work =
        [
            .. Enumerable.Range(0, 8).Select(_ => gate.RunAsync(Work, TestContext.Current.CancellationToken)),
        ];
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await started.WaitAsync(TestContext.Current.CancellationToken);
        int waiting = gate.Waiting;
        release.Release(8);
        await Task.WhenAll(work);

        Assert.Equal(6, waiting);
        Assert.Equal(2, most);
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task RunAsync_WorkThrows_ThrowsAndFreesItsCore()
    {
        using var gate = new CpuGate(1);
        CancellationToken token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<FormatException>(() =>
            gate.RunAsync<int>(() => throw new FormatException("no"), token)
        );

        Assert.Equal(5, await gate.RunAsync(() => 5, token));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_DoesNotRun()
    {
        using var gate = new CpuGate(1);
        using var release = new SemaphoreSlim(0);
        using var cancelled = new CancellationTokenSource();
        bool ran = false;
        Task<int> first = gate.RunAsync(
            () =>
            {
                release.Wait(TestContext.Current.CancellationToken);
                return 1;
            },
            TestContext.Current.CancellationToken
        );
        Task<bool> second = gate.RunAsync(() => ran = true, cancelled.Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        release.Release();
        await first;

        Assert.False(ran);
        Assert.Equal(0, gate.Waiting);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
