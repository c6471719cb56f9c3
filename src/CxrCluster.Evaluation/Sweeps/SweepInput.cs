namespace CxrCluster.Evaluation.Sweeps;

/// <summary>All predictions of a sweep, and how they are to be resampled.</summary>
public sealed record SweepInput
{
    /// <summary>How many random splits there are. The paper: 10.</summary>
    public required int Splits { get; init; }

    /// <summary>Resamples of each split's held-out images. The paper: 20.</summary>
    public required int Bootstraps { get; init; }

    /// <summary>Of the resamples; equal seeds give equal files.</summary>
    public required int Seed { get; init; }

    /// <summary>Probabilities at or above it are called positive, for every network.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>One per network and split, in any order.</summary>
    public required IReadOnlyList<SplitPredictions> Runs { get; init; }

    /// <summary>
    /// Name and value of what the reader should know of the making (manifest, side, epochs, versions), for the report's
    /// list and sweep.json. Nothing that changes from run to run, such as times, or equal sweeps give different files.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Provenance { get; init; } = [];

    /// <summary>A plain paragraph about what the numbers do not show; left out if null.</summary>
    public string? Caution { get; init; }

    /// <summary>A sentence per value that cannot be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Splits < 1)
            yield return $"Splits is {Splits}: set it to at least 1, usually 10.";
        if (Bootstraps < 1)
            yield return $"Bootstraps is {Bootstraps}: set it to at least 1, usually 20.";
        if (!(Threshold is >= 0 and <= 1))
            yield return $"Threshold is {Threshold}: set it between 0 and 1.";
        if (Runs.Count == 0)
            yield return "There is no run to analyse: train at least one network on each split.";
        foreach (var model in Runs.GroupBy(run => run.Model, StringComparer.Ordinal))
        {
            if (!model.Select(run => run.Split).Order().SequenceEqual(Enumerable.Range(0, Math.Max(0, Splits))))
                yield return $"{model.Key} has the splits {string.Join(", ", model.Select(run => run.Split).Order())}: "
                    + $"it needs each of 0 to {Splits - 1} once.";
        }
        foreach (var split in Runs.GroupBy(run => run.Split).OrderBy(split => split.Key))
        {
            SplitPredictions first = split.First();
            if (first.HeldOut.Count == 0)
                yield return $"Split {split.Key} has no held-out image.";
            if (first.HeldOut.DistinctBy(p => p.Image, StringComparer.Ordinal).Count() != first.HeldOut.Count)
                yield return $"{first.Model} lists an image of split {split.Key} twice.";
            HashSet<(string, int)> images = [.. first.HeldOut.Select(p => (p.Image, p.Label))];
            foreach (SplitPredictions other in split.Skip(1))
                if (
                    other.HeldOut.Count != first.HeldOut.Count
                    || !images.SetEquals(other.HeldOut.Select(p => (p.Image, p.Label)))
                )
                    yield return $"{other.Model} and {first.Model} were not given the same images in split {split.Key}: "
                        + "networks of a split are compared on the same images.";
        }
    }
}
