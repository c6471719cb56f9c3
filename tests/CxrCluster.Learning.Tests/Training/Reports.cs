using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Training;

/// <summary>Hands every report on at once, on the reporting thread (Progress{T} would post it elsewhere).</summary>
internal sealed class Reports(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();
    private readonly List<TrainingProgress> _all = [];

    public IReadOnlyList<TrainingProgress> All => _all;

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            _all.Add(value);
        }

        then?.Invoke(value);
    }
}
