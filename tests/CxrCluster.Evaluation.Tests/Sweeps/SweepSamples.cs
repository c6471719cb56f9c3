using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Evaluation.Tests.Sweeps;

/// <summary>Sweeps for tests.</summary>
internal static class SweepSamples
{
    /// <summary>Networks of different skill on the same random splits; deterministic.</summary>
    public static SweepInput Of(int splits = 3, int bootstraps = 20, params string[] models)
    {
        string[] names = models.Length > 0 ? models : ["vgg16", "resnet34", "resnet50"];
        return new SweepInput
        {
            Splits = splits,
            Bootstraps = bootstraps,
            Seed = 9,
            Runs =
            [
                .. names.SelectMany(
                    (name, m) =>
                        Enumerable
                            .Range(0, splits)
                            .Select(split => new SplitPredictions(name, split, HeldOut(split, 0.1 * m)))
                ),
            ],
            Provenance = [("manifest", "0123456789abcdef"), ("side", "64")],
        };
    }

    private static Prediction[] HeldOut(int split, double skill)
    {
        var random = new Random(split);
        return
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i =>
                {
                    int label = random.Next(2);
                    double probability = 0.5 + (label - 0.5) * (0.3 + skill) + 0.6 * (random.NextDouble() - 0.5);
                    return new Prediction($"{split}-{i}.png", "north", $"p{i}", label, Math.Clamp(probability, 0, 1));
                }),
        ];
    }
}
