namespace CxrCluster.Similarity.Tests;

public sealed class EuclideanDistanceTests
{
    [Fact]
    public void Between_RightAngle_IsTheHypotenuse() => Assert.Equal(5, EuclideanDistance.Between([1, 2], [4, 6]));

    [Fact]
    public void Between_TinyVectors_DoesNotUnderflow() =>
        Assert.Equal(float.Epsilon, EuclideanDistance.Between([0], [float.Epsilon]));

    [Fact]
    public void Between_DifferentLengths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => EuclideanDistance.Between([1], [1, 2]));
}
