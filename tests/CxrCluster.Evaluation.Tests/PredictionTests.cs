namespace CxrCluster.Evaluation.Tests;

public sealed class PredictionTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Constructor_ProbabilityOutsideRange_IsRefusedNamingTheImage(double probability)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Prediction("a.png", "north", "p", 1, probability));
        Assert.StartsWith("The probability of a.png is ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Constructor_OtherLabel_IsRefusedNamingTheImage(int label)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Prediction("a.png", "north", "p", label, 0.5));
        Assert.StartsWith($"The label of a.png is {label}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.49, 0)]
    [InlineData(0.5, 1)]
    public void Predicted_AtTheThreshold_IsPositive(double probability, int predicted) =>
        Assert.Equal(predicted, new Prediction("a.png", "north", "p", 0, probability).Predicted(0.5));
}
