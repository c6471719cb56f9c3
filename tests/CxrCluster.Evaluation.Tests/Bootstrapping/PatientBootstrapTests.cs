using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests.Bootstrapping;

public sealed class PatientBootstrapTests
{
    [Fact]
    public void Draw_EveryResample_TakesWholePatientsAsManyAsThereAre()
    {
        Prediction[] images = Samples.Cohort(40);
        foreach (int[] draws in PatientBootstrap.Draw(images, 20, 1, TestContext.Current.CancellationToken))
        {
            Assert.Equal(40, draws.Sum());
            for (int i = 0; i < 40; i += 2)
                Assert.Equal(draws[i], draws[i + 1]);
        }
    }

    [Fact]
    public void Compute_AnotherOrder_GivesTheSameIntervals()
    {
        Prediction[] images = Samples.Cohort(60);

        MetricInterval one = Compute(images)[MetricKind.RocAuc];
        MetricInterval other = Compute([.. images.Reverse()])[MetricKind.RocAuc];
        Assert.Equal(one.Values, other.Values);
        Assert.True(one.Lower < one.Upper);
    }

    [Fact]
    public void Compute_ImagesThatRepeat_WidenTheInterval()
    {
        Prediction[] single = [.. Samples.Cohort(400).Where((_, i) => i % 2 == 0)];
        Prediction[] eight = [.. single.SelectMany(p => Enumerable.Repeat(p, 8)).Select((p, i) => Named(p, i))];

        // Eight copies of each patient's image are no new patients: drawn by patient, the interval stays as wide.
        double before = Width(Compute(single)[MetricKind.Accuracy]);
        Assert.Equal(before, Width(Compute(eight)[MetricKind.Accuracy]), 1e-12);
    }

    [Fact]
    public void Compute_OneImage_IsAPoint()
    {
        var intervals = Compute(Samples.Of((1, 0.9)));

        Assert.Equal((1.0, 1.0), (intervals[MetricKind.Accuracy].Lower, intervals[MetricKind.Accuracy].Upper));
        Assert.Null(intervals[MetricKind.RocAuc].Lower);
    }

    private static Prediction Named(Prediction p, int i) =>
        new($"{i}", p.Hospital, p.PatientId, p.Label, p.Probability);

    private static double Width(MetricInterval interval) => interval.Upper!.Value - interval.Lower!.Value;

    private static IReadOnlyDictionary<MetricKind, MetricInterval> Compute(Prediction[] images) =>
        PatientBootstrap.Compute(images, 0.5, 200, 1, TestContext.Current.CancellationToken);
}
