using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>
/// Sweeps on slots in virtual time: the board decides as in the cluster, epochs take what the test says, and a slot that
/// has not the run in memory first reads it.
/// </summary>
internal sealed class SweepSimulation
{
    private readonly TrainingBoard _board = new();
    private readonly PriorityQueue<Action, (double At, int Order)> _events = new();
    private readonly HashSet<SlotId> _slots = [];
    private readonly Dictionary<SlotId, (SweepId, RunKey)> _memory = [];
    private readonly Dictionary<SlotId, int> _generation = [];
    private readonly Dictionary<(SweepId, RunKey), SweepRun> _runs = [];
    private readonly Dictionary<SweepId, SweepSpec> _specs = [];
    private int _order;

    /// <summary>Seconds of one epoch.</summary>
    public required Func<SweepId, RunKey, int, double> EpochSeconds { get; init; }

    /// <summary>Seconds to read a run from its checkpoint.</summary>
    public double ReadSeconds { get; init; }

    public double Now { get; private set; }

    /// <summary>Seconds of epochs that were done and counted.</summary>
    public double Work { get; private set; }

    /// <summary>Times that a run was read from a checkpoint because it had been interrupted.</summary>
    public int Migrations { get; private set; }

    /// <summary>Seconds of epochs per sweep.</summary>
    public Dictionary<SweepId, double> WorkOf { get; } = [];

    /// <summary>When each sweep was through.</summary>
    public Dictionary<SweepId, double> EndOf { get; } = [];

    /// <summary>(epoch, slot) of every run in the order that they were done.</summary>
    public Dictionary<(SweepId, RunKey), List<int>> Epochs { get; } = [];

    public void Submit(double at, SweepId id, SweepSpec spec) =>
        At(
            at,
            () =>
            {
                _specs[id] = spec;
                SweepRun[] runs = [.. spec.Runs().Select(r => new SweepRun(r, RunState.Pending, 0, 0, null, 0))];
                foreach (SweepRun run in runs)
                    _runs[(id, run.Key)] = run;
                _board.Add(id, spec, runs);
            }
        );

    public void Join(double at, SlotId slot) => At(at, () => _slots.Add(slot));

    /// <summary>The slot is gone at once; the epoch that it computes is lost.</summary>
    public void Leave(double at, SlotId slot) =>
        At(
            at,
            () =>
            {
                _slots.Remove(slot);
                _memory.Remove(slot);
                _generation[slot] = _generation.GetValueOrDefault(slot) + 1;
                if (_board.IsLeased(slot))
                    _board.Ended(slot, null, wellDone: false, Now);
            }
        );

    public void Run()
    {
        while (_events.TryDequeue(out Action? happen, out var when))
        {
            Now = when.At;
            happen();
            // everything of one moment happens before anything is decided
            if (_events.TryPeek(out _, out var next) && next.At <= Now)
                continue;
            foreach ((SlotId slot, SweepId sweep, RunKey run) in _board.Assign(_slots, Now))
                Begin(slot, sweep, run);
        }
    }

    private void Begin(SlotId slot, SweepId sweep, RunKey key)
    {
        SweepRun run = _runs[(sweep, key)];
        double seconds = EpochSeconds(sweep, key, run.EpochsDone);
        bool cold = !_memory.TryGetValue(slot, out var memory) || memory != (sweep, key);
        if (cold && run.EpochsDone > 0)
            Migrations++;
        _memory[slot] = (sweep, key);
        int generation = _generation.GetValueOrDefault(slot);
        At(
            Now + seconds + (cold ? ReadSeconds : 0),
            () =>
            {
                if (_generation.GetValueOrDefault(slot) == generation)
                    End(slot, sweep, run, seconds);
            }
        );
    }

    private void End(SlotId slot, SweepId sweep, SweepRun run, double seconds)
    {
        int done = run.EpochsDone + 1;
        SweepRun now = run with
        {
            EpochsDone = done,
            State = done == _specs[sweep].Epochs ? RunState.Done : RunState.Pending,
        };
        _runs[(sweep, run.Key)] = now;
        if (!Epochs.TryGetValue((sweep, run.Key), out List<int>? epochs))
            Epochs[(sweep, run.Key)] = epochs = [];
        epochs.Add(done);
        Work += seconds;
        WorkOf[sweep] = WorkOf.GetValueOrDefault(sweep) + seconds;
        _board.Ended(slot, now, wellDone: true, Now);
        if (_board.IsOver(sweep))
        {
            EndOf[sweep] = Now;
            _board.Remove(sweep);
        }
    }

    private void At(double at, Action happen) => _events.Enqueue(happen, (at, _order++));
}
