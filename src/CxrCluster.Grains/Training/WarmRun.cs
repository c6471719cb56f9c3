using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Grains.Training;

/// <summary>The run that a slot has in memory, so that the next epoch need not read it from a checkpoint. One at most:
/// networks are large. For the slot's thread.</summary>
internal sealed class WarmRun
{
    private ITrainingRun? _run;
    private SweepId _sweep;
    private RunKey _key;

    /// <summary>Where the run in memory writes its checkpoints; null when there is none.</summary>
    public UnitCheckpoints? Checkpoints { get; private set; }

    /// <summary>The unit's run: the one in memory if it is that and stands where the unit begins, else opened.</summary>
    /// <param name="unit">What is to be trained.</param>
    /// <param name="open">Opens it from its checkpoint.</param>
    /// <param name="fresh">The checkpoints that <paramref name="open"/> uses.</param>
    public ITrainingRun Take(TrainingUnit unit, Func<ITrainingRun> open, UnitCheckpoints fresh)
    {
        if (
            _run is not null
            && (_sweep, _key) == (unit.Id.Sweep, unit.Id.Run)
            && _run.EpochsDone == unit.EpochsDone
            && !_run.Done
        )
        {
            Checkpoints!.Serve(unit);
            return _run;
        }
        Forget();
        fresh.Serve(unit);
        (_run, Checkpoints) = (open(), fresh);
        (_sweep, _key) = (unit.Id.Sweep, unit.Id.Run);
        return _run;
    }

    /// <summary>Forgets the run in memory.</summary>
    public void Forget()
    {
        _run?.Dispose();
        (_run, Checkpoints) = (null, null);
    }
}
