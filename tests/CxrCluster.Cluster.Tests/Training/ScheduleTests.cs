using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Cluster.Tests.Training;

/// <summary>The planner in virtual time. The table of ratios is in docs/sweeps.md.</summary>
public class ScheduleTests(ITestOutputHelper output)
{
    private const double Bound = 1.15;

    private static readonly SweepId A = new("a");
    private static readonly SweepId B = new("b");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Makespan_EqualWork_IsWithinTheBound(int slots)
    {
        foreach (int epochs in new[] { 2, 3, 4, 5, 8, 32 })
            Check($"equal, {epochs} epochs", Simulate(slots, Spec(epochs), (_, _, _) => 60, read: 2), slots);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Makespan_UnequalNetworksAndUnevenEpochs_IsWithinTheBound(int slots)
    {
        foreach (int epochs in new[] { 8, 32 })
        foreach (int seed in Enumerable.Range(0, 4))
        {
            SweepSpec spec = Spec(epochs) with
            {
                Architectures = ["resnet34", "resnet50", "resnet152", "vgg16", "densenet121"],
            };
            Check($"five networks, {epochs} epochs", Simulate(slots, spec, Uneven(seed), read: 3), slots);
        }
    }

    [Fact]
    public void Makespan_TwentyRunsOnEightSlots_BeatsWholeRuns()
    {
        SweepSimulation simulation = Simulate(8, Spec(32), (_, _, _) => 60, read: 0);

        Assert.Equal(2.5 * 32 * 60, simulation.Now, 32 * 60 * 0.05); // whole runs: three rounds
        Assert.InRange(simulation.Migrations, 1, 16);
    }

    [Fact]
    public void Makespan_AsManySlotsAsDivideTheRuns_InterruptsNothing()
    {
        foreach (int slots in new[] { 1, 2, 4, 5, 10, 20 })
            Assert.Equal(0, Simulate(slots, Spec(32), (_, _, _) => 60, read: 2).Migrations);
    }

    [Fact]
    public void Makespan_SlotsJoinAndLeave_StaysNearWhatTheyCouldDo()
    {
        foreach (int seed in Enumerable.Range(0, 20))
        {
            var random = new Random(seed);
            var simulation = new SweepSimulation { EpochSeconds = Uneven(seed), ReadSeconds = 3 };
            simulation.Submit(0, A, Spec(16));
            var lived = new List<(double From, double To)>();
            for (int i = 0; i < 8; i++)
            {
                double from = random.NextDouble() * 2000;
                double to = i < 2 ? double.PositiveInfinity : from + 500 + random.NextDouble() * 4000;
                simulation.Join(from, Slot(i));
                if (double.IsFinite(to))
                    simulation.Leave(to, Slot(i));
                lived.Add((from, to));
            }
            simulation.Run();

            CheckEveryEpochOnce(simulation, Spec(16));
            double slotTime = lived.Sum(l => Math.Max(0, Math.Min(l.To, simulation.EndOf[A]) - l.From));
            // beside the bound: each of the six that left took an epoch with it
            Assert.InRange(slotTime, simulation.Work, Bound * (simulation.Work + 6 * 120));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void TwoSweeps_ShareTheSlotsByTime(int slots)
    {
        var simulation = new SweepSimulation { EpochSeconds = (_, run, _) => run.Architecture == "resnet50" ? 90 : 50 };
        for (int i = 0; i < slots; i++)
            simulation.Join(0, Slot(i));
        simulation.Submit(0, A, Spec(16));
        simulation.Submit(0, B, Spec(16));
        simulation.Run();

        // equal sweeps that share equally end together
        Assert.InRange(Math.Abs(simulation.EndOf[A] - simulation.EndOf[B]) / simulation.Now, 0, 0.05);
        CheckEveryEpochOnce(simulation, Spec(16), A, B);
        Assert.InRange(simulation.Now, 0, Bound * simulation.Work / slots);
    }

    [Fact]
    public void SecondSweep_ComesLate_GetsItsHalfAtOnceAndNoMore()
    {
        var simulation = new SweepSimulation { EpochSeconds = (_, _, _) => 60 };
        for (int i = 0; i < 4; i++)
            simulation.Join(0, Slot(i));
        simulation.Submit(0, A, Spec(32));
        simulation.Submit(3000, B, Spec(4)); // 4,800 s of work: 2,400 s on half of the slots
        simulation.Run();

        Assert.InRange(simulation.EndOf[B] - 3000, 2000, 2400 * Bound);
        CheckEveryEpochOnce(simulation, Spec(32), A);
    }

    [Fact]
    public void Decisions_AreTheSameEveryTime()
    {
        string[] twice =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(_ => Simulate(3, Spec(8), Uneven(5), read: 3))
                .Select(s => $"{s.Now:R} {s.Migrations} {s.Work:R}"),
        ];

        Assert.Equal(twice[0], twice[1]);
    }

    private void Check(string what, SweepSimulation simulation, int slots)
    {
        double ratio = simulation.Now / (simulation.Work / slots);
        output.WriteLine($"{what} on {slots} slots: {ratio:0.000} of total/k, {simulation.Migrations} migrations");
        Assert.InRange(ratio, 1, Bound);
    }

    private static void CheckEveryEpochOnce(SweepSimulation simulation, SweepSpec spec, params SweepId[] sweeps)
    {
        foreach (SweepId sweep in sweeps.DefaultIfEmpty(A))
        foreach (RunKey run in spec.Runs())
            Assert.Equal(Enumerable.Range(1, spec.Epochs), simulation.Epochs[(sweep, run)]);
    }

    private static SweepSimulation Simulate(
        int slots,
        SweepSpec spec,
        Func<SweepId, RunKey, int, double> epochSeconds,
        double read
    )
    {
        var simulation = new SweepSimulation { EpochSeconds = epochSeconds, ReadSeconds = read };
        for (int i = 0; i < slots; i++)
            simulation.Join(0, Slot(i));
        simulation.Submit(0, A, spec);
        simulation.Run();
        CheckEveryEpochOnce(simulation, spec);
        return simulation;
    }

    /// <summary>Networks whose true cost is not what the planner guesses first, and epochs that differ by up to 15 %.</summary>
    private static Func<SweepId, RunKey, int, double> Uneven(int seed) =>
        (_, run, epoch) =>
        {
            double cost = run.Architecture switch
            {
                "resnet34" => 40,
                "resnet50" => 70,
                "resnet152" => 160,
                "vgg16" => 120,
                _ => 90,
            };
            uint hash =
                (uint)seed * 2654435761u
                ^ (uint)run.Split * 40503u
                ^ (uint)epoch * 2246822519u
                ^ (uint)cost * 3266489917u;
            hash ^= hash >> 15;
            hash *= 2246822519u;
            hash ^= hash >> 13;
            return cost * (0.85 + 0.3 * (hash % 1000) / 1000);
        };

    private static SlotId Slot(int ordinal) => new(new NodeName("node"), ordinal);

    private static SweepSpec Spec(int epochs) =>
        new()
        {
            Architectures = ["resnet34", "resnet50"],
            Splits = 10,
            Epochs = epochs,
            Cohort = "",
        };
}
