using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Sweeping;

/// <summary>Options of `cxr sweep` that its results depend on.</summary>
internal sealed class SweepOptionSet
{
    private static readonly ClassifierTrainingOptions Defaults = new();

    private readonly Option<string> _archs = Take.Required(
        "--archs",
        "A,B",
        $"Networks, separated by commas: any of {string.Join(", ", ClassifierNetwork.Architectures)}."
    );
    private readonly Option<int> _splits = Take.Number("--splits", "Random splits by patient.", 10, 1, 1000);
    private readonly Option<int> _bootstraps = Take.Number(
        "--bootstraps",
        "Resamplings of each split's test images.",
        20,
        1,
        10_000
    );
    private readonly Option<double> _test = Take.Number(
        "--test",
        "Share of the patients that each split holds out.",
        0.15,
        0.01,
        0.9
    );
    private readonly Option<double> _validation = Take.Number(
        "--validation",
        "Share of the other patients to choose each run's best epoch by; 0 takes the last.",
        Defaults.ValidationFraction,
        0,
        0.9
    );
    private readonly Option<int> _epochs = Take.Number(
        "--epochs",
        "Passes over the images.",
        Defaults.Epochs,
        1,
        10_000
    );
    private readonly Option<int> _side = Take.Number(
        "--side",
        "Side of the networks' input in pixels.",
        Defaults.Preprocessing.Side,
        32,
        2048
    );
    private readonly Option<int> _seed = Take.Number(
        "--seed",
        "Every draw comes from it: splits, weights, augmentation, bootstraps.",
        1,
        0,
        int.MaxValue
    );
    private readonly Option<double> _rate = Take.Number(
        "--learning-rate",
        "Adam's learning rate in the first epoch; it decays exponentially.",
        Defaults.LearningRate,
        1e-9,
        0.5
    );
    private readonly Option<int> _batch = Take.Number("--batch-size", "Images per step.", Defaults.BatchSize, 2, 1024);
    private readonly Option<string> _precision = Take.OneOf(
        "--precision",
        "What convolutions compute in while training.",
        "float32",
        "float32",
        "bfloat16"
    );
    private readonly Option<int> _threads = Take.Number(
        "--threads",
        "Cores of one training: another number gives other bits.",
        1,
        1,
        1024
    );
    private readonly Option<string[]> _weights = new("--weights")
    {
        Description = "Weights that a network begins with (.safetensors); random without. Once per network.",
        HelpName = "ARCH=FILE",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _raw = Take.Flag("--no-preprocessing", "Pads and resizes only.");
    private readonly Option<bool> _skip = Take.Flag(
        "--skip-unreadable",
        "Goes on without the images that cannot be read."
    );

    public SweepOptionSet() => _batch.Aliases.Add("--batch");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                _archs,
                _splits,
                _bootstraps,
                _test,
                _validation,
                _epochs,
                _side,
                _seed,
                _rate,
                _batch,
                _precision,
                _threads,
                _weights,
                _raw,
                _skip,
            }
        )
            command.Add(option);
    }

    /// <summary>Threads of one training.</summary>
    public int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    /// <summary>Whether unreadable images are left out.</summary>
    public bool SkipUnreadable(ParseResult parsed) => parsed.GetValue(_skip);

    /// <summary>What the options ask for, without the cohort and the weights' hashes.</summary>
    public SweepSpec Spec(ParseResult parsed)
    {
        string[] archs = parsed
            .GetRequiredValue(_archs)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string unknown in archs.Except(ClassifierNetwork.Architectures, StringComparer.Ordinal))
            throw CommandException.WrongUsage(
                $"--archs has the unknown network '{unknown}': give any of {string.Join(", ", ClassifierNetwork.Architectures)}."
            );
        ClassifierTrainingOptions training = Training(parsed);
        var spec = new SweepSpec
        {
            Architectures = archs,
            Splits = parsed.GetValue(_splits),
            Bootstraps = parsed.GetValue(_bootstraps),
            TestFraction = parsed.GetValue(_test),
            Seed = parsed.GetValue(_seed),
            Epochs = training.Epochs,
            Threads = Threads(parsed),
            Cohort = "",
            Training = SweepTraining.Write(training),
        };
        return spec.Validate().Concat(training.Validate()).FirstOrDefault() is { } problem
            ? throw CommandException.WrongUsage(problem)
            : spec;
    }

    /// <summary>The weights' files by network.</summary>
    public IReadOnlyDictionary<string, string> Weights(ParseResult parsed, SweepSpec spec)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string given in parsed.GetValue(_weights) ?? [])
        {
            string[] parts = given.Split('=', 2);
            if (parts.Length != 2 || !spec.Architectures.Contains(parts[0], StringComparer.Ordinal))
                throw CommandException.WrongUsage(
                    $"--weights is '{given}': write ARCH=FILE with a network of --archs ({string.Join(", ", spec.Architectures)})."
                );
            if (!files.TryAdd(parts[0], parts[1]))
                throw CommandException.WrongUsage($"--weights names {parts[0]} twice: give one file per network.");
            if (!File.Exists(parts[1]))
                throw CommandException.NothingDone(
                    $"The weights {parts[1]} are not there: check the path of --weights."
                );
        }
        return files;
    }

    /// <summary>The values by option, as a resumed sweep must have them again.</summary>
    public SortedDictionary<string, string> Values(ParseResult parsed)
    {
        SweepSpec spec = Spec(parsed);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["--archs"] = string.Join(',', spec.Architectures),
            ["--splits"] = Text(spec.Splits),
            ["--bootstraps"] = Text(spec.Bootstraps),
            ["--test"] = Text(spec.TestFraction),
            ["--validation"] = Text(parsed.GetValue(_validation)),
            ["--epochs"] = Text(spec.Epochs),
            ["--side"] = Text(parsed.GetValue(_side)),
            ["--seed"] = Text(spec.Seed),
            ["--learning-rate"] = Text(parsed.GetValue(_rate)),
            ["--batch-size"] = Text(parsed.GetValue(_batch)),
            ["--precision"] = parsed.GetRequiredValue(_precision),
            ["--threads"] = Text(spec.Threads),
            ["--no-preprocessing"] = Text(parsed.GetValue(_raw)),
            ["--skip-unreadable"] = Text(parsed.GetValue(_skip)),
        };
    }

    /// <summary>The options of every run; architecture, seed and split are its own.</summary>
    public ClassifierTrainingOptions Training(ParseResult parsed)
    {
        int side = parsed.GetValue(_side);
        return Defaults with
        {
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            ValidationFraction = parsed.GetValue(_validation),
            Precision = parsed.GetRequiredValue(_precision) == "bfloat16" ? Precision.BFloat16 : Precision.Float32,
            Preprocessing = parsed.GetValue(_raw)
                ? PreprocessingOptions.None(side)
                : new PreprocessingOptions { Side = side },
        };
    }

    private static string Text<T>(T value)
        where T : IConvertible => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
