using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests;

/// <summary>Predictions for tests.</summary>
internal static class Samples
{
    /// <summary>Up to 40 predictions; scores on a coarse grid in half of the cases, so that there are ties.</summary>
    public static Arbitrary<Prediction[]> Any { get; } =
        (
            from grid in Gen.Elements(5, 100_000)
            from scores in (
                from label in Gen.Choose(0, 1)
                from score in Gen.Choose(0, grid)
                select (label, (double)score / grid)
            ).ArrayOf()
            select Of([.. scores.Take(40)])
        ).ToArbitrary();

    /// <summary>One image per patient, all of one hospital.</summary>
    public static Prediction[] Of(params (int Label, double Probability)[] scores) =>
        [.. scores.Select((score, i) => new Prediction($"{i}.png", "north", $"p{i}", score.Label, score.Probability))];

    /// <summary>Deterministic predictions of two overlapping classes, two images per patient, in four hospitals.</summary>
    public static Prediction[] Cohort(int count)
    {
        var random = new Random(count);
        string[] hospitals = ["east", "north", "south", "west"];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Prediction(
                    $"{i}.png",
                    hospitals[i / 2 % 4],
                    $"p{i / 2}",
                    i / 2 % 3 == 0 ? 1 : 0,
                    Math.Clamp((i / 2 % 3 == 0 ? 0.75 : 0.25) + (random.NextDouble() - 0.5), 0, 1)
                )),
        ];
    }

    /// <summary>Embeddings that follow the probabilities.</summary>
    public static float[][] Embed(IReadOnlyList<Prediction> predictions)
    {
        var random = new Random(predictions.Count);
        return
        [
            .. predictions.Select(p =>
                Enumerable.Range(0, 6).Select(_ => (float)(4 * p.Probability + random.NextDouble())).ToArray()
            ),
        ];
    }
}
