using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Scoring;

namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>A pipeline that answers what a test wants.</summary>
public sealed class FakePipeline : IScoringPipeline
{
    public const double Threshold = 0.5;

    public Func<ImageSource, CancellationToken, Task<ImageScore>> Answer { get; set; } =
        (_, _) => Task.FromResult(Scored(0.9));

    public List<(ImageSource Image, ScoringPriority Priority)> Calls { get; } = [];

    public static ImageScore Scored(double probability) =>
        new()
        {
            Outcome = ImageOutcome.Scored,
            Probability = probability,
            Threshold = Threshold,
            LungFraction = 0.3,
            Embedding = [(float)probability, 1],
            Milliseconds = 12,
        };

    public Task<ImageScore> ScoreAsync(
        ImageSource image,
        ModelId model,
        ScoringPriority priority,
        CancellationToken cancellationToken
    )
    {
        lock (Calls)
            Calls.Add((image, priority));
        return Answer(image, cancellationToken);
    }
}
