using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>
/// Runs whose "weights" are a hash over everything that was done to them: whoever loses or repeats a step ends elsewhere.
/// A step takes some milliseconds. Every step is counted, in whatever silo.
/// </summary>
internal sealed class SimulatedRuns : ITrainingRuns
{
    public const int StepsPerEpoch = 10;

    private readonly ConcurrentDictionary<RunKey, int> _steps = new();

    /// <summary>What a step takes.</summary>
    public TimeSpan StepTime { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>A run that fails for good, and why.</summary>
    public (RunKey Run, string Reason)? Hopeless { get; init; }

    /// <summary>Steps over all runs and attempts.</summary>
    public int Steps => _steps.Values.Sum();

    public Task PrepareAsync(SweepSpec spec, CancellationToken cancellationToken) => Task.CompletedTask;

    public ITrainingRun Open(SweepSpec spec, RunKey run, string device, UnitCheckpoints checkpoints) =>
        Hopeless is { } hopeless && hopeless.Run == run
            ? throw new HopelessRunException(hopeless.Reason)
            : new Run(this, spec, run, checkpoints);

    /// <summary>What an uninterrupted run says.</summary>
    public static IReadOnlyList<TestPrediction> Expected(SweepSpec spec, RunKey run)
    {
        byte[] weights = Start(run);
        for (int epoch = 0; epoch < spec.Epochs; epoch++)
        for (int step = 0; step < StepsPerEpoch; step++)
            weights = Next(weights, epoch, step);
        return Predict(weights);
    }

    private static byte[] Start(RunKey run) => SHA256.HashData(Encoding.UTF8.GetBytes(run.ToString()));

    private static byte[] Next(byte[] weights, int epoch, int step) =>
        SHA256.HashData([.. weights, (byte)epoch, (byte)step]);

    private static TestPrediction[] Predict(byte[] weights) =>
        [
            .. weights
                .Take(8)
                .Select((value, i) => new TestPrediction($"{i}.png", "north", $"p{i}", i % 2, value / 255.0)),
        ];

    private sealed class Run : ITrainingRun
    {
        private readonly SimulatedRuns _owner;
        private readonly SweepSpec _spec;
        private readonly RunKey _key;
        private readonly UnitCheckpoints _checkpoints;
        private byte[] _weights;
        private int _step;

        public Run(SimulatedRuns owner, SweepSpec spec, RunKey key, UnitCheckpoints checkpoints)
        {
            (_owner, _spec, _key, _checkpoints) = (owner, spec, key, checkpoints);
            _weights = Start(key);
            using Stream? checkpoint = checkpoints.OpenLatest();
            if (checkpoint is null)
                return;
            EpochsDone = checkpoint.ReadByte();
            checkpoint.ReadExactly(_weights);
        }

        public int EpochsDone { get; private set; }

        public bool Done => EpochsDone == _spec.Epochs;

        public string? Divergence => null;

        public IReadOnlyList<EpochPoint> History =>
            [.. Enumerable.Range(1, EpochsDone).Select(e => new EpochPoint(e, 1.0 / e, null))];

        public (int Step, int Steps) Advance(CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne(_owner.StepTime); // computes
            cancellationToken.ThrowIfCancellationRequested();
            _owner._steps.AddOrUpdate(_key, 1, (_, steps) => steps + 1);
            _weights = Next(_weights, EpochsDone, _step++);
            if (_step < StepsPerEpoch)
                return (_step, StepsPerEpoch);
            _step = 0;
            EpochsDone++;
            _checkpoints.Save(
                EpochsDone,
                stream =>
                {
                    stream.WriteByte((byte)EpochsDone);
                    stream.Write(_weights);
                }
            );
            return (StepsPerEpoch, StepsPerEpoch);
        }

        public IReadOnlyList<TestPrediction> PredictTest(CancellationToken cancellationToken) => Predict(_weights);

        public void Dispose() { }
    }
}
