namespace CxrCluster.Evaluation.Tests;

public sealed class OracleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Metrics_Fixture_EqualScikitLearn(int index)
    {
        EvaluationFixture.Case @case = EvaluationFixture.Load().Cases[index];

        EvaluationFixture.AssertEqual(@case.Asked, @case.Answer);
    }

    [Theory]
    [InlineData(11, 200, 100_000)]
    [InlineData(12, 50, 10)]
    public async Task Metrics_NewPredictions_EqualLiveScikitLearn(int seed, int count, int grid)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(2))];
        var question = new EvaluationFixture.Question(
            labels,
            [.. labels.Select(label => Math.Round(Math.Clamp(0.3 * label + random.NextDouble(), 0, 1) * grid) / grid)],
            0.6,
            [.. Enumerable.Range(0, count).Select(_ => random.Next(3))],
            [.. labels.Select(label => new[] { random.NextSingle(), random.NextSingle() + label })],
            1
        );

        EvaluationFixture.AssertEqual(question, await Oracle.AskAsync(question, TestContext.Current.CancellationToken));
    }
}
