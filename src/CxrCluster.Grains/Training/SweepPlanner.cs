using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Training;

/// <summary>
/// Which run of a sweep a free slot trains for an epoch. Longest remaining work first (Coffman and Graham's level rule), but
/// a slot keeps the run that it has in memory until another one would end late: later than every slot working without a
/// pause to the end, or the longest run, needs. That is least laxity with a threshold; it interrupts a run only where the
/// sweep would otherwise end later. Pure and deterministic.
/// </summary>
public static class SweepPlanner
{
    /// <summary>Lateness, in epochs of the run in memory, from which on it is interrupted. Estimates are no better.</summary>
    private const double Tolerance = 0.5;

    /// <summary>The run for the slot; null when none waits.</summary>
    /// <param name="slot">A slot that is free.</param>
    /// <param name="slots">How many slots the sweep has, on average, where several share them.</param>
    /// <param name="runs">Every run of the sweep that is not over, those under way too.</param>
    public static PlannedRun? Choose(SlotId slot, double slots, IReadOnlyList<PlannedRun> runs)
    {
        PlannedRun? warm = null;
        PlannedRun? longest = null;
        foreach (PlannedRun run in runs.Where(r => !r.Underway).OrderBy(r => r.Key))
            if (run.WarmOn == slot)
                warm = run;
            else if (longest is null || run.Remaining > longest.Remaining)
                longest = run;
        if (warm is null || longest is null)
            return warm ?? longest;
        double ideal = Math.Max(runs.Sum(r => r.Remaining) / Math.Max(1, slots), runs.Max(r => r.Remaining));
        double lateness = longest.Remaining + warm.Unit - ideal;
        return longest.Remaining > warm.Remaining && lateness > Tolerance * warm.Unit ? longest : warm;
    }
}
