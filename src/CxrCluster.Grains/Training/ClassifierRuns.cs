using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CxrCluster.Contracts.Training;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;
using CxrCluster.Learning.Weights;

namespace CxrCluster.Grains.Training;

/// <summary>Runs that train classifiers on a cohort of squares.</summary>
public sealed class ClassifierRuns(CohortCache cache, TimeProvider time) : ITrainingRuns
{
    /// <inheritdoc />
    public async Task PrepareAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        await cache.GetCohortAsync(spec.Cohort, cancellationToken);
        foreach (string weights in spec.Weights.Values)
            await cache.GetWeightsAsync(weights, cancellationToken);
    }

    /// <inheritdoc />
    public ITrainingRun Open(SweepSpec spec, RunKey run, string device, UnitCheckpoints checkpoints)
    {
        ClassifierTrainingOptions options = OptionsOf(spec, run) with
        {
            Device = device,
            InitialWeights = spec.Weights.TryGetValue(run.Architecture, out string? hash)
                ? cache.WeightsPath(hash)
                : null,
        };
        try
        {
            var training = new ClassifierRun(
                options,
                Split(spec, run.Split, cache.Open(spec.Cohort)),
                checkpoints,
                time
            );
            training.Resume();
            return new Run(training);
        }
        catch (Exception exception)
            when (exception is InvalidTrainingDataException or InvalidWeightsException or ArgumentException)
        {
            throw new HopelessRunException(exception.Message, exception);
        }
    }

    /// <summary>The options of one run.</summary>
    public static ClassifierTrainingOptions OptionsOf(SweepSpec spec, RunKey run) =>
        SweepTraining.Read(spec.Training) with
        {
            Architecture = run.Architecture,
            Epochs = spec.Epochs,
            Threads = spec.Threads,
            HeldOutFraction = spec.TestFraction,
            Seed = SeedOf(spec.Seed, run.Split),
        };

    /// <summary>Every split has a seed of its own, the same for every network.</summary>
    public static int SeedOf(int seed, int split)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"split {split} of {seed}"));
        return BinaryPrimitives.ReadInt32LittleEndian(hash) & int.MaxValue;
    }

    /// <summary>The parts of one split, the same for every network.</summary>
    /// <param name="spec">Gives the share held out and the seed.</param>
    /// <param name="split">From 0.</param>
    /// <param name="rows">All of the manifest, usable or not: which files can be read does not change who is held out.</param>
    /// <param name="samples">The usable images.</param>
    public static TrainingCohort Split(
        SweepSpec spec,
        int split,
        IReadOnlyList<CohortRow> rows,
        IReadOnlyList<ClassificationSample> samples
    ) =>
        TrainingCohort.Split(
            rows,
            samples,
            spec.TestFraction,
            SweepTraining.Read(spec.Training).ValidationFraction,
            SeedOf(spec.Seed, split)
        );

    private static TrainingCohort Split(SweepSpec spec, int split, CohortSquares squares)
    {
        CohortRow[] rows =
        [
            .. squares.Samples.Select(s => s.Row),
            .. squares.Excluded.Select(s => s.Row),
            .. squares.Failed.Select(s => s.Row),
        ];
        return Split(spec, split, rows, squares.Samples);
    }

    private sealed class Run(ClassifierRun training) : ITrainingRun
    {
        public int EpochsDone => training.EpochsDone;

        public bool Done => training.Done;

        public string? Divergence => training.Divergence;

        public IReadOnlyList<EpochPoint> History =>
            [.. training.History.Select(e => new EpochPoint(e.Epoch, e.TrainingLoss, e.ValidationAuc))];

        public (int Step, int Steps) Advance(CancellationToken cancellationToken)
        {
            TrainingProgress progress = training.Advance(cancellationToken);
            return (progress.Step, progress.Steps);
        }

        public IReadOnlyList<TestPrediction> PredictTest(CancellationToken cancellationToken)
        {
            if (training.KeptEpoch == 0)
                throw new HopelessRunException(training.Divergence ?? "The training ended before its first epoch.");
            return training
                .PredictHeldOut(cancellationToken)
                .Select(p => new TestPrediction(
                    p.Row.Image,
                    p.Row.Hospital,
                    p.Row.PatientId,
                    p.Row.Label,
                    p.Probability
                ))
                .ToArray();
        }

        public void Dispose() => training.Dispose();
    }
}
