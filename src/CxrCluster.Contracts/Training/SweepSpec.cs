namespace CxrCluster.Contracts.Training;

/// <summary>
/// Everything that a sweep's results depend on. Two sweeps of equal specification give equal results, at any number of
/// slots and nodes.
/// </summary>
[GenerateSerializer, Immutable, Alias("sweep-spec")]
public sealed record SweepSpec
{
    /// <summary>Networks to train, without repetition.</summary>
    [Id(0)]
    public required IReadOnlyList<string> Architectures { get; init; }

    /// <summary>Random splits by patient, 1 to 1000.</summary>
    [Id(1)]
    public int Splits { get; init; } = 10;

    /// <summary>Resamplings of each split's test images, 1 to 10,000.</summary>
    [Id(2)]
    public int Bootstraps { get; init; } = 20;

    /// <summary>Share of the patients that each split holds out, between 0 and 1.</summary>
    [Id(3)]
    public double TestFraction { get; init; } = 0.15;

    /// <summary>Every draw comes from it: splits, weights, augmentation, bootstraps.</summary>
    [Id(4)]
    public int Seed { get; init; } = 1;

    /// <summary>Epochs of every run, 1 to 10,000.</summary>
    [Id(5)]
    public int Epochs { get; init; } = 32;

    /// <summary>Threads of one training step, 1 to 1024: another number gives other bits.</summary>
    [Id(6)]
    public int Threads { get; init; } = 1;

    /// <summary>SHA-256 of the cohort's file of squares: its key in the blob store and the proof that it arrived whole.</summary>
    [Id(7)]
    public required string Cohort { get; init; }

    /// <summary>SHA-256 of the weights that a network begins with, by architecture; the others begin at random.</summary>
    [Id(8)]
    public IReadOnlyDictionary<string, string> Weights { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The other options of the trainings, as JSON that the learning library reads.</summary>
    [Id(9)]
    public string Training { get; init; } = "{}";

    /// <summary>The runs, in the order of <see cref="RunKey"/>.</summary>
    public IEnumerable<RunKey> Runs() =>
        Architectures.SelectMany(a => Enumerable.Range(0, Splits).Select(split => new RunKey(a, split))).Order();

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Architectures.Count == 0)
            yield return "The sweep names no network: give at least one.";
        if (Architectures.Distinct(StringComparer.Ordinal).Count() < Architectures.Count)
            yield return "The sweep names a network twice: name each once.";
        if (Splits is < 1 or > 1000)
            yield return $"The sweep has {Splits} splits: give 1 to 1000.";
        if (Bootstraps is < 1 or > 10_000)
            yield return $"The sweep has {Bootstraps} bootstraps: give 1 to 10,000.";
        if (TestFraction is not (> 0 and < 1))
            yield return $"The sweep holds out {TestFraction} of the patients: give a share between 0 and 1; 0.15 is the paper's.";
        if (Epochs is < 1 or > 10_000)
            yield return $"The sweep has {Epochs} epochs: give 1 to 10,000.";
        if (Threads is < 1 or > 1024)
            yield return $"The sweep computes on {Threads} threads: give 1 to 1024.";
    }
}
