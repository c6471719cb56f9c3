using System.Text.Json;
using CxrCluster.Learning.Data;

namespace CxrCluster.Learning.Training;

/// <summary>Tells whether a checkpoint belongs to a training: every option that shapes the weights, and the data.</summary>
internal static class RunFingerprint
{
    private const string Images = "images";

    /// <summary>What may differ: where it computes and what the result is called.</summary>
    private static readonly string[] Free =
    [
        nameof(TrainingOptions.Threads),
        nameof(TrainingOptions.Device),
        nameof(ClassifierTrainingOptions.Name),
        nameof(ClassifierTrainingOptions.Threshold),
        nameof(ClassifierTrainingOptions.HeldOutFraction), // the split itself is in the images
        nameof(ClassifierTrainingOptions.ValidationFraction),
    ];

    public static IReadOnlyDictionary<string, string> Of(ClassifierTrainingOptions options, TrainingCohort cohort)
    {
        var moved = options with { InitialWeights = Path.GetFileName(options.InitialWeights) };
        var all = JsonSerializer
            .SerializeToElement(moved)
            .EnumerateObject()
            .Where(p => !Free.Contains(p.Name, StringComparer.Ordinal))
            .ToDictionary(p => p.Name, p => p.Value.GetRawText(), StringComparer.Ordinal);
        all.Add(Images, cohort.Fingerprint());
        return all;
    }

    /// <exception cref="CheckpointException">Something differs; the message says what.</exception>
    public static void ThrowIfOther(
        IReadOnlyDictionary<string, string> checkpoint,
        IReadOnlyDictionary<string, string> training
    )
    {
        var differences = training
            .Where(t => checkpoint.GetValueOrDefault(t.Key) != t.Value)
            .Select(t =>
                t.Key == Images
                    ? "other images, labels or parts"
                    : $"{t.Key} {checkpoint.GetValueOrDefault(t.Key) ?? "unknown"} instead of {t.Value}"
            )
            .ToList();
        if (differences.Count > 0)
        {
            throw new CheckpointException(
                $"The checkpoint is of another training: {string.Join(", ", differences)}. Give the options and data it was "
                    + "made with, or train without --resume."
            );
        }
    }
}
