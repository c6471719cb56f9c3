using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Grains.Training;

/// <summary>
/// Who trains what: the coordinator's memory of sweeps, runs and slots, and its decisions. Several sweeps share the slots by
/// time: the one that has had least goes first, unless a slot would have to change runs over a small difference. Knows no
/// clock: the caller says what time it is.
/// </summary>
public sealed class TrainingBoard
{
    /// <summary>A sweep may be ahead of another by so much before its slots change hands: a change costs a checkpoint's reading.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<SweepId, Sweep> _sweeps = [];
    private readonly Dictionary<SlotId, Lease> _leases = [];
    private readonly Dictionary<SlotId, (SweepId Sweep, RunKey Run)> _warm = [];
    private IReadOnlyList<SlotId> _slots = [];

    /// <summary>The sweeps that it knows.</summary>
    public IReadOnlyCollection<SweepId> Sweeps => _sweeps.Keys;

    /// <summary>Takes a sweep in, with no run under way. It has had as much as the one that has had least.</summary>
    public void Add(SweepId id, SweepSpec spec, IReadOnlyList<SweepRun> runs)
    {
        _sweeps[id] = new Sweep(spec)
        {
            Runs = new(runs.ToDictionary(r => r.Key)),
            Served = _sweeps.Count == 0 ? 0 : _sweeps.Values.Min(s => s.Served),
        };
        // A coordinator that died has left runs in the slots' memory.
        foreach (SweepRun run in runs.Where(r => r.State == RunState.Pending))
            if (run.LastSlot is { } slot)
                _warm.TryAdd(slot, (id, run.Key));
    }

    /// <summary>Forgets a sweep; its slots are free when their leases have ended.</summary>
    public void Remove(SweepId id) => _sweeps.Remove(id);

    /// <summary>Whether every run of the sweep is over.</summary>
    public bool IsOver(SweepId id) => _sweeps[id].Runs.Values.All(r => r.State is RunState.Done or RunState.Failed);

    /// <summary>Runs of all sweeps by state.</summary>
    public int Count(RunState state) =>
        state == RunState.Running
            ? _leases.Count
            : _sweeps.Values.Sum(s => s.Runs.Values.Count(r => r.State == state))
                - (state == RunState.Pending ? _leases.Count : 0);

    /// <summary>Leases every free slot to a run, as long as runs wait.</summary>
    /// <param name="slots">The slots that can be used, in any order.</param>
    /// <param name="now">Seconds on some clock.</param>
    public IReadOnlyList<(SlotId Slot, SweepId Sweep, RunKey Run)> Assign(IEnumerable<SlotId> slots, double now)
    {
        _slots = [.. slots.Order(SlotOrder)];
        var assigned = new List<(SlotId, SweepId, RunKey)>();
        // Slots with something in memory choose first, or others would take it from them.
        foreach (SlotId slot in _slots.Where(s => !_leases.ContainsKey(s)).OrderBy(s => !_warm.ContainsKey(s)).ToList())
        {
            if (Choose(slot, now) is not { } choice)
                continue;
            double unit = _sweeps[choice.Sweep].Costs.Of(choice.Run.Architecture);
            _leases[slot] = new Lease(choice.Sweep, choice.Run, now, unit);
            _warm[slot] = choice;
            _sweeps[choice.Sweep].Served += unit;
            assigned.Add((slot, choice.Sweep, choice.Run));
        }
        return assigned;
    }

    /// <summary>A lease has ended.</summary>
    /// <param name="slot">The slot that is free again.</param>
    /// <param name="run">How the run stands now; null when nobody knows, or its sweep is gone.</param>
    /// <param name="wellDone">Whether it brought an epoch: only then its time says what one takes, and the slot still has it
    /// in memory.</param>
    /// <param name="now">Seconds on the same clock.</param>
    public void Ended(SlotId slot, SweepRun? run, bool wellDone, double now)
    {
        if (!_leases.Remove(slot, out Lease? lease))
            return;
        if (!wellDone || run?.State != RunState.Pending)
            _warm.Remove(slot);
        if (!_sweeps.TryGetValue(lease.Sweep, out Sweep? sweep))
            return;
        double took = now - lease.Since;
        sweep.Served += took - lease.Expected;
        if (run is not null)
            sweep.Runs[run.Key] = run;
        if (wellDone)
            sweep.Costs.Measured(lease.Run.Architecture, took);
    }

    /// <summary>Whether the slot has been leased.</summary>
    public bool IsLeased(SlotId slot) => _leases.ContainsKey(slot);

    private (SweepId Sweep, RunKey Run)? Choose(SlotId slot, double now)
    {
        var waiting = _sweeps.Where(s => s.Value.Runs.Values.Any(r => IsWaiting(s.Key, r))).ToList();
        if (waiting.Count == 0)
            return null;
        (SweepId id, Sweep sweep) = waiting.MinBy(s => s.Value.Served);
        if (
            _warm.TryGetValue(slot, out var warm)
            && waiting.FirstOrDefault(s => s.Key == warm.Sweep) is { Value: { } keeper }
            && keeper.Served - sweep.Served <= Math.Max(Patience.TotalSeconds, keeper.Costs.Of(warm.Run.Architecture))
        )
            (id, sweep) = (warm.Sweep, keeper);
        double share = (double)_slots.Count / _sweeps.Count(s => s.Value.Runs.Values.Any(IsOpen));
        PlannedRun[] runs = [.. sweep.Runs.Values.Where(IsOpen).Select(r => Plan(id, sweep, r, now))];
        return SweepPlanner.Choose(slot, share, runs) is { } chosen ? (id, chosen.Key) : null;
    }

    private PlannedRun Plan(SweepId id, Sweep sweep, SweepRun run, double now)
    {
        double unit = sweep.Costs.Of(run.Key.Architecture);
        Lease? lease = LeaseOf(id, run.Key);
        double elapsed = lease is null ? 0 : Math.Min(now - lease.Since, unit);
        SlotId? warm = _warm.Where(w => w.Value == (id, run.Key)).Select(w => (SlotId?)w.Key).FirstOrDefault();
        double remaining = (sweep.Spec.Epochs - run.EpochsDone) * unit - elapsed;
        // a run that is over but for its predictions still takes a lease
        return new PlannedRun(run.Key, Math.Max(remaining, 0), unit, lease is not null, warm);
    }

    private bool IsWaiting(SweepId id, SweepRun run) => IsOpen(run) && LeaseOf(id, run.Key) is null;

    private static bool IsOpen(SweepRun run) => run.State is RunState.Pending or RunState.Running;

    private Lease? LeaseOf(SweepId id, RunKey run) => _leases.Values.FirstOrDefault(l => l.Sweep == id && l.Run == run);

    private static readonly Comparer<SlotId> SlotOrder = Comparer<SlotId>.Create(
        (a, b) => a.Node != b.Node ? a.Node.CompareTo(b.Node) : a.Ordinal.CompareTo(b.Ordinal)
    );

    private sealed class Sweep(SweepSpec spec)
    {
        public SweepSpec Spec => spec;
        public SortedDictionary<RunKey, SweepRun> Runs { get; init; } = [];
        public EpochCosts Costs { get; } = new();

        /// <summary>Slot time that it has had, seconds; leases under way count as long as they are expected to last.</summary>
        public double Served { get; set; }
    }

    private sealed record Lease(SweepId Sweep, RunKey Run, double Since, double Expected);
}
