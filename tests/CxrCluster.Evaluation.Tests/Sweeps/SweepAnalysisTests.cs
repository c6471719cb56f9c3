using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Evaluation.Tests.Sweeps;

public sealed class SweepAnalysisTests
{
    [Fact]
    public void Compute_TenSplitsByTwenty_GivesTwoHundredValuesPerMetric()
    {
        SweepSummary summary = SweepAnalysis.Compute(SweepSamples.Of(10));

        Assert.Equal(["resnet34", "resnet50", "vgg16"], summary.Models.Select(m => m.Model));
        foreach (ModelIntervals model in summary.Models.Append(summary.MajorityVote))
        foreach (MetricKind kind in MetricValues.Kinds)
        {
            MetricInterval interval = model[kind];
            Assert.Equal(200, interval.Values.Count);
            double[] ascending = [.. interval.Values.OfType<double>().Order()];
            Assert.Equal(ascending.Average(), interval.Mean!.Value, 1e-12);
            Assert.Equal(Percentile.Of(ascending, 0.025), interval.Lower!.Value, 1e-12);
            Assert.Equal(Percentile.Of(ascending, 0.975), interval.Upper!.Value, 1e-12);
        }
    }

    [Fact]
    public void Compute_RunsAndImagesInAnotherOrder_GivesTheSameValues()
    {
        SweepInput input = SweepSamples.Of();
        SweepInput shuffled = input with
        {
            Runs = [.. input.Runs.Reverse().Select(run => run with { HeldOut = [.. run.HeldOut.Reverse()] })],
        };

        Assert.Equal(Values(SweepAnalysis.Compute(input)), Values(SweepAnalysis.Compute(shuffled)));
    }

    [Fact]
    public void Compute_AnotherSeed_GivesOtherValues() =>
        Assert.NotEqual(
            Values(SweepAnalysis.Compute(SweepSamples.Of())),
            Values(SweepAnalysis.Compute(SweepSamples.Of() with { Seed = 10 }))
        );

    [Fact]
    public void Compute_NetworkAddedOrMoreSplits_LeavesTheValuesOfTheOthers()
    {
        SweepSummary few = SweepAnalysis.Compute(SweepSamples.Of(2, 20, "resnet34"));
        SweepSummary many = SweepAnalysis.Compute(SweepSamples.Of(3, 20, "resnet34", "resnet50"));

        foreach (MetricKind kind in MetricValues.Kinds)
            Assert.Equal(few.Models[0][kind].Values, many.Models[0][kind].Values.Take(40));
    }

    [Fact]
    public void Compute_EqualNetworks_DifferByExactlyNothing()
    {
        SweepInput one = SweepSamples.Of(3, 20, "a");
        SweepSummary summary = SweepAnalysis.Compute(
            one with
            {
                Runs = [.. one.Runs, .. one.Runs.Select(run => run with { Model = "b" })],
            }
        );

        foreach (ModelDifference difference in summary.Differences.Where(d => d is { First: "a", Second: "b" }))
        {
            Assert.All(difference.Difference.Values, value => Assert.Equal(0, value ?? 0));
            Assert.False(difference.Distinct);
        }
        foreach (MetricKind kind in new[] { MetricKind.Accuracy, MetricKind.Sensitivity, MetricKind.Precision })
            Assert.Equal(summary.Models[0][kind].Values, summary.MajorityVote[kind].Values);
    }

    [Fact]
    public void Compute_ClearlyBetterNetwork_IsDistinct()
    {
        Prediction[] truth = [.. SweepSamples.Of(1).Runs[0].HeldOut];
        SweepSummary summary = SweepAnalysis.Compute(
            new SweepInput
            {
                Splits = 1,
                Bootstraps = 200,
                Seed = 1,
                Runs =
                [
                    new("good", 0, [.. truth.Select(p => Scored(p, p.Label))]),
                    new("poor", 0, [.. truth.Select((p, i) => Scored(p, i % 2))]),
                ],
            }
        );

        ModelDifference accuracy = summary.Differences.First(d => d is { Second: "poor", Metric: MetricKind.Accuracy });
        Assert.True(accuracy.Distinct);
        Assert.True(accuracy.Difference.Lower > 0);
    }

    [Fact]
    public void Compute_EvenVote_CallsATiePositive()
    {
        SweepSummary summary = SweepAnalysis.Compute(
            new SweepInput
            {
                Splits = 1,
                Bootstraps = 1,
                Seed = 1,
                Runs = [new("a", 0, Samples.Of((1, 0.9))), new("b", 0, Samples.Of((1, 0.1)))],
            }
        );

        Assert.Equal([1.0], summary.MajorityVote[MetricKind.Sensitivity].Values);
    }

    [Fact]
    public void Compute_OneClass_LeavesNullsWhereNothingIsDefined()
    {
        SweepSummary summary = SweepAnalysis.Compute(
            new SweepInput
            {
                Splits = 1,
                Bootstraps = 5,
                Seed = 1,
                Runs = [new("a", 0, Samples.Of((0, 0.1), (0, 0.2)))],
            }
        );

        Assert.Equal(1, summary.Models[0][MetricKind.Specificity].Mean);
        foreach (
            MetricKind kind in new[]
            {
                MetricKind.RocAuc,
                MetricKind.PrAuc,
                MetricKind.Sensitivity,
                MetricKind.Precision,
            }
        )
        {
            Assert.Equal(new double?[5], summary.Models[0][kind].Values);
            Assert.Null(summary.Models[0][kind].Mean);
            Assert.Null(summary.Models[0][kind].Lower);
        }
    }

    [Fact]
    public void Compute_PerSplit_IsNotResampled()
    {
        SweepInput input = SweepSamples.Of();
        SplitMetrics first = SweepAnalysis.Compute(input).PerSplit.First(s => s is { Model: "vgg16", Split: 1 });

        Assert.Equal(
            ClassificationMetrics.Compute(input.Runs.First(r => r is { Model: "vgg16", Split: 1 }).HeldOut),
            first.Metrics with
            {
                // Sums in another order of the images.
                Brier = ClassificationMetrics
                    .Compute(input.Runs.First(r => r is { Model: "vgg16", Split: 1 }).HeldOut)
                    .Brier,
            }
        );
    }

    public static TheoryData<string, Func<SweepInput, SweepInput>> Unusable { get; } =
        new()
        {
            { "Splits is 0", input => input with { Splits = 0 } },
            { "Bootstraps is 0", input => input with { Bootstraps = 0 } },
            { "Threshold is NaN", input => input with { Threshold = double.NaN } },
            { "There is no run", input => input with { Runs = [] } },
            { "resnet50 has the splits 0, 1", input => input with { Runs = [.. input.Runs.Take(8)] } },
            { "vgg16 has the splits 0, 0, 1, 2", input => input with { Runs = [.. input.Runs, input.Runs[0]] } },
            {
                "resnet50 and vgg16 were not given the same images in split 2",
                input =>
                    input with
                    {
                        Runs =
                        [
                            .. input.Runs.SkipLast(1),
                            input.Runs[^1] with
                            {
                                HeldOut = [.. input.Runs[^1].HeldOut.Skip(1)],
                            },
                        ],
                    }
            },
            {
                "Split 0 has no held-out image",
                input => input with { Runs = [.. input.Runs.Select(r => r.Split == 0 ? r with { HeldOut = [] } : r)] }
            },
            {
                "vgg16 lists an image of split 0 twice",
                input =>
                    input with
                    {
                        Runs = [.. input.Runs.Select(r => r with { HeldOut = [.. r.HeldOut, r.HeldOut[0]] })],
                    }
            },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Compute_UnusableInput_IsRefused(string sentence, Func<SweepInput, SweepInput> spoil)
    {
        var exception = Assert.Throws<ArgumentException>(() => SweepAnalysis.Compute(spoil(SweepSamples.Of())));

        Assert.StartsWith(sentence, exception.Message, StringComparison.Ordinal);
    }

    private static Prediction Scored(Prediction of, double probability) =>
        new(of.Image, of.Hospital, of.PatientId, of.Label, probability);

    private static IEnumerable<double?> Values(SweepSummary summary) =>
        summary.Models.Append(summary.MajorityVote).SelectMany(m => MetricValues.Kinds.SelectMany(k => m[k].Values));
}
