using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Evaluation.Tests.Confounds;

public sealed class LogisticRegressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_Fixture_EqualsScikitLearn(int index)
    {
        EvaluationFixture.Case @case = EvaluationFixture.Load().Cases[index];
        EvaluationFixture.Question asked = @case.Asked;
        double[][] raw = [.. asked.Vectors.Select(vector => vector.Select(v => (double)v).ToArray())];
        var scale = new Standardiser(raw);
        double[][] samples = [.. raw.Select(scale.Apply)];

        LogisticRegression fitted = LogisticRegression.Fit(
            samples,
            asked.Kinds,
            asked.Kinds.Max() + 1,
            asked.C,
            TestContext.Current.CancellationToken
        );

        for (int k = 0; k < @case.Answer.Weights.Length; k++)
            AssertClose(@case.Answer.Weights[k], fitted.Weights(k).ToArray());
        for (int i = 0; i < samples.Length; i++)
            AssertClose(@case.Answer.Probabilities[i], fitted.Probabilities(samples[i]));
    }

    [Fact]
    public void Fit_NothingToLearnFrom_GivesTheShares()
    {
        double[][] samples =
        [
            [0],
            [0],
            [0],
            [0],
        ];
        LogisticRegression fitted = LogisticRegression.Fit(
            samples,
            [0, 1, 1, 1],
            2,
            1,
            TestContext.Current.CancellationToken
        );

        AssertClose([0.25, 0.75], fitted.Probabilities([0]));
    }

    [Fact]
    public void Fit_SeparableSamples_StaysFinite()
    {
        double[][] samples =
        [
            [-100],
            [-99],
            [99],
            [100],
        ];
        LogisticRegression fitted = LogisticRegression.Fit(
            samples,
            [0, 0, 1, 1],
            2,
            1000,
            TestContext.Current.CancellationToken
        );

        Assert.All(fitted.Probabilities([50]), p => Assert.InRange(p, 0, 1));
        Assert.True(fitted.Probabilities([50])[1] > 0.99);
    }

    [Fact]
    public void Fit_UnusableInput_IsRefused()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.ThrowsAny<ArgumentException>(() => LogisticRegression.Fit([], [], 2, 1, cancellation));
        Assert.ThrowsAny<ArgumentException>(() =>
            LogisticRegression.Fit(
                [
                    [1.0],
                ],
                [0],
                1,
                1,
                cancellation
            )
        );
        Assert.ThrowsAny<ArgumentException>(() =>
            LogisticRegression.Fit(
                [
                    [1.0],
                ],
                [0],
                2,
                0,
                cancellation
            )
        );
        Assert.ThrowsAny<ArgumentException>(() =>
            LogisticRegression.Fit(
                [
                    [1.0],
                ],
                [0, 1],
                2,
                1,
                cancellation
            )
        );
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        foreach ((double x, double y) in expected.Zip(actual))
            Assert.Equal(x, y, 1e-6);
    }
}
