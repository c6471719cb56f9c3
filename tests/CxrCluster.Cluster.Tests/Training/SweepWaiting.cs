using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>Waits on a sweep's rows.</summary>
internal static class SweepWaiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The progress when the condition holds first.</summary>
    public static async Task<SweepProgress> WaitUntilAsync(
        this ISweepStore sweeps,
        SweepId sweep,
        Func<SweepProgress, bool> condition
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            SweepProgress progress = (await sweeps.ReadProgressAsync(sweep, limit.Token))!;
            if (condition(progress))
                return progress;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The progress when the sweep is over.</summary>
    public static Task<SweepProgress> WaitUntilOverAsync(this ISweepStore sweeps, SweepId sweep) =>
        sweeps.WaitUntilAsync(sweep, p => p.State is SweepState.Done or SweepState.Failed);
}
