using CxrCluster.Cli.Sweeping;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Cli.Tests.Sweeping;

public class SweepResultTests
{
    [Fact]
    public void Of_EveryRunDone_HasThemAllAndNoCaution()
    {
        SweepInput input = Make(failed: [])!;

        Assert.Equal((3, 6), (input.Splits, input.Runs.Count));
        Assert.Null(input.Caution);
        Assert.Empty(input.Validate());
        Assert.Equal([("epochs", "2")], input.Provenance);
    }

    [Fact]
    public void Of_OneRunFailed_LeavesItsSplitOutForAllAndSaysSo()
    {
        SweepInput input = Make(failed: [new RunKey("resnet50", 1)])!;

        Assert.Equal((2, 4), (input.Splits, input.Runs.Count));
        Assert.Empty(input.Validate());
        Assert.Contains("2 of 3 splits", input.Caution, StringComparison.Ordinal);
        Assert.Contains(("resnet50, split 1", "one class"), input.Provenance);
        // what was split 2 is split 1 here, for both networks
        Assert.All(input.Runs.Where(r => r.Split == 1), r => Assert.Equal("image-2.png", r.HeldOut[0].Image));
    }

    [Fact]
    public void Of_ANetworkFailedEverywhere_LeavesItOut()
    {
        SweepInput input = Make(failed: [.. Enumerable.Range(0, 3).Select(s => new RunKey("resnet50", s))])!;

        Assert.Equal((3, 3), (input.Splits, input.Runs.Count));
        Assert.Contains(input.Provenance, p => p.Name == "network left out");
    }

    [Fact]
    public void Of_NoSplitOfAll_IsNull() =>
        Assert.Null(Make(failed: [new RunKey("resnet34", 0), new RunKey("resnet50", 1), new RunKey("resnet50", 2)]));

    private static SweepInput? Make(RunKey[] failed)
    {
        var spec = new SweepSpec
        {
            Architectures = ["resnet34", "resnet50"],
            Splits = 3,
            Cohort = "",
        };
        RunProgress[] runs =
        [
            .. spec.Runs()
                .Select(r => new RunProgress(
                    r,
                    failed.Contains(r) ? RunState.Failed : RunState.Done,
                    null,
                    1,
                    0,
                    0,
                    [],
                    failed.Contains(r) ? "one class" : null
                )),
        ];
        return SweepResult.Of(
            new SweepProgress(new SweepId("s"), SweepState.Done, spec, default, runs),
            [
                .. spec.Runs()
                    .Except(failed)
                    .Select(r =>
                        (
                            r,
                            (IReadOnlyList<TestPrediction>)
                                [
                                    new TestPrediction($"image-{r.Split}.png", "h", "p", 1, 0.75),
                                    new TestPrediction("other.png", "h", "q", 0, 0.25),
                                ]
                        )
                    ),
            ],
            [("epochs", "2")]
        );
    }
}
