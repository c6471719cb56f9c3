namespace CxrCluster.Evaluation.Tests;

public sealed class MajorityVoteTests
{
    [Theory]
    [InlineData(new[] { 0.9, 0.8, 0.1 }, 1)]
    [InlineData(new[] { 0.9, 0.2, 0.1 }, 0)]
    [InlineData(new[] { 0.9, 0.1 }, 1)]
    public void Of_EachModelAtItsOwnThreshold_GivesTheMajority(double[] probabilities, int expected)
    {
        Prediction vote = Assert.Single(MajorityVote.Of([.. probabilities.Select(p => Scores(0.5, ("a.png", p)))]));

        Assert.Equal(expected, vote.Predicted(MajorityVote.Threshold));
    }

    [Fact]
    public void Of_ModelsWithOtherThresholds_CountsWhatEachCallsPositive()
    {
        IReadOnlyList<Prediction> votes = MajorityVote.Of([
            Scores(0.3, ("a.png", 0.4)),
            Scores(0.3, ("a.png", 0.4)),
            Scores(0.5, ("a.png", 0.4)),
        ]);

        Assert.Equal(2.0 / 3, Assert.Single(votes).Probability, 1e-12);
    }

    [Fact]
    public void Of_ImageThatOneModelCouldNotScore_LeavesItOut()
    {
        IReadOnlyList<Prediction> votes = MajorityVote.Of([
            Scores(0.5, ("a.png", 0.9), ("b.png", 0.9)),
            Scores(0.5, ("b.png", 0.9)),
        ]);

        Assert.Equal("b.png", Assert.Single(votes).Image);
    }

    private static (IReadOnlyList<Prediction> Predictions, double Threshold) Scores(
        double threshold,
        params (string Image, double Probability)[] images
    ) => ([.. images.Select(i => new Prediction(i.Image, "north", "p", 1, i.Probability))], threshold);
}
