using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Contracts.Tests.Scoring;

public sealed class ImageScoreTests
{
    [Theory]
    [InlineData(0.5, 0.5, 1)]
    [InlineData(0.49, 0.5, 0)]
    [InlineData(null, 0.5, null)]
    [InlineData(0.5, null, null)]
    public void Label_AtTheThreshold_IsPositive(double? probability, double? threshold, int? label) =>
        Assert.Equal(label, Score(probability, threshold).Label);

    [Fact]
    public void Wire_Score_RoundTrips()
    {
        ImageScore sent = Score(0.25, 0.5) with { Embedding = [1, -2.5f], LungFraction = 0.3, Milliseconds = 12 };

        ImageScore received = Wire.Send(sent);
        Assert.Equal(sent.Embedding, received.Embedding);
        Assert.Equal(sent with { Embedding = null }, received with { Embedding = null });
    }

    [Fact]
    public void Wire_Refusal_KeepsItsReason()
    {
        var refusal = ImageScore.Excluded(new Reason(ReasonCodes.LateralView, "x.png is a lateral view."), 3);

        Assert.Equal(refusal, Wire.Send(refusal));
        Assert.Null(refusal.Label);
    }

    private static ImageScore Score(double? probability, double? threshold) =>
        new()
        {
            Outcome = ImageOutcome.Scored,
            Probability = probability,
            Threshold = threshold,
        };
}
