using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class HospitalSummaryTests
{
    [Fact]
    public void Compute_MixedOutcomes_CountsPerHospitalInOrder()
    {
        Prediction[] scored =
        [
            new("a.png", "south", "1", 1, 0.9),
            new("b.png", "south", "2", 0, 0.6),
            new("c.png", "north", "3", 1, 0.7),
        ];
        UnscoredImage[] unscored =
        [
            new("d.png", "south", UnscoredKind.Excluded, "lateral view"),
            new("e.png", "south", UnscoredKind.Failed, "truncated"),
            new("f.png", "east", UnscoredKind.Failed, "truncated"),
        ];

        Assert.Equal(
            [
                new HospitalSummary("east", 1, 0, 0, 1, null, null, null, null),
                new HospitalSummary("north", 1, 1, 0, 0, 1, 1, null, null),
                new HospitalSummary("south", 4, 2, 1, 1, 0.5, 1, 0, 1),
            ],
            HospitalSummary.Compute(scored, unscored)
        );
    }

    [Fact]
    public void Compute_NoImages_ReturnsNothing() => Assert.Empty(HospitalSummary.Compute([], []));
}
