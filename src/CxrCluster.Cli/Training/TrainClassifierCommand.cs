using System.CommandLine;
using System.Globalization;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>`cxr train classifier`: one network from a labelled cohort to a model bundle.</summary>
internal sealed class TrainClassifierCommand : LeafCommand
{
    /// <summary>The paper's, for weights that have been trained before.</summary>
    private const double PretrainedLearningRate = 1e-6;

    private static readonly ClassifierTrainingOptions Defaults = new();

    private readonly Option<string> _manifest = Take.Required("--manifest", "CSV", "The cohort with its labels.");
    private readonly Option<string> _images = Take.Required("--images", "DIR", "Folder of the images.");
    private readonly Option<string> _segmenter = Take.Required(
        "--segmenter",
        "FILE",
        "What 'cxr train segmenter' wrote."
    );
    private readonly Option<string> _arch = Take.OneOf(
        "--arch",
        "Architecture of the classifier.",
        Defaults.Architecture,
        [.. ClassifierNetwork.Architectures]
    );
    private readonly Option<string> _out = Take.Required("--out", "BUNDLE", "Folder of the model bundle to write.");
    private readonly Option<string> _name = Take.Text("--name", "NAME", "What the model is called.", Defaults.Name);
    private readonly Option<string?> _weights = Take.Text(
        "--weights",
        "FILE",
        "Weights to begin with (.safetensors); random without."
    );
    private readonly Option<string?> _cache = Take.Text(
        "--cache",
        "DIR",
        "Where preprocessed images are kept for the next training; BUNDLE.cache by default."
    );
    private readonly Option<bool> _resume = Take.Flag(
        "--resume",
        "Goes on from the last checkpoint of an interrupted training."
    );
    private readonly Option<bool> _skip = Take.Flag(
        "--skip-unreadable",
        "Trains without the images that cannot be read."
    );
    private readonly Option<bool> _raw = Take.Flag("--no-preprocessing", "Pads and resizes only.");
    private readonly Option<double> _validation = Take.Number(
        "--validation",
        "Share of the patients, after the held-out ones, that the best epoch is chosen by; 0 keeps the last epoch.",
        Defaults.ValidationFraction,
        0,
        0.9
    );
    private readonly Option<string> _classWeights = Take.OneOf(
        "--class-weights",
        "How much a class weighs in the loss: balanced makes up for a rare one.",
        "none",
        "none",
        "balanced"
    );
    private readonly Option<string> _precision = Take.OneOf(
        "--precision",
        "What convolutions compute in while training; the weights stay float32.",
        "float32",
        "float32",
        "bfloat16"
    );
    private readonly Option<bool> _json = Take.Flag("--json", "The result as one JSON object.");
    private readonly TrainingOptionSet _training = new(
        Defaults,
        Defaults.Preprocessing.Side,
        string.Create(
            CultureInfo.InvariantCulture,
            $" ({PretrainedLearningRate:0.######}, the paper's, with --weights)"
        )
    );

    public TrainClassifierCommand(CliContext context)
        : base(
            context,
            "classifier",
            "Trains a classifier and writes a model bundle; 15 % of the patients are held out to measure on, and listed in BUNDLE.held-out.csv.",
            "cxr train classifier --manifest manifest.csv --images images --segmenter segmenter.safetensors --arch resnet50 --out bundle"
        )
    {
        foreach (
            Option option in new Option[]
            {
                _manifest,
                _images,
                _segmenter,
                _arch,
                _out,
                _name,
                _weights,
                _validation,
                _classWeights,
                _precision,
                _cache,
                _resume,
                _skip,
                _raw,
            }
        )
            Add(option);
        _training.AddTo(this);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ClassifierTrainingOptions options = ReadOptions(parsed);
        Context.HowToGoOn = "Run the command again with --resume to go on after the last finished epoch.";
        string bundle = parsed.GetRequiredValue(_out);
        ClassifierTrainer trainer = TrainingRun.Create(() => new ClassifierTrainer(options, Context.Time));
        ClassifierTrainingResult result = await TrainingRun.RunAsync(
            Context,
            progress =>
                trainer.Train(
                    new ClassifierTrainingInput
                    {
                        ManifestFile = parsed.GetRequiredValue(_manifest),
                        ImagesFolder = parsed.GetRequiredValue(_images),
                        SegmenterFile = parsed.GetRequiredValue(_segmenter),
                        OutputFolder = bundle,
                        CacheFolder = parsed.GetValue(_cache),
                        Checkpoints = new FolderCheckpointStore(
                            Path.TrimEndingDirectorySeparator(bundle) + ".checkpoints",
                            Terminal.Warning
                        ),
                        Resume = parsed.GetValue(_resume),
                        SkipUnreadable = parsed.GetValue(_skip),
                        Say = Terminal.Note,
                    },
                    progress,
                    cancellationToken
                ),
            cancellationToken
        );
        foreach (SkippedImage failed in result.Failed)
            Terminal.Warning(failed.Reason);
        string heldOut = HeldOutManifest.Write(bundle, result);
        await TrainingRecord.WriteAsync(bundle, result, cancellationToken);
        Show(ClassifierLine.Of(result, heldOut), parsed.GetValue(_json));
        if (result.Divergence is not null)
            Terminal.Warning(result.Divergence);
        return result.Failed.Count > 0 || result.Divergence is not null ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private ClassifierTrainingOptions ReadOptions(ParseResult parsed)
    {
        int side = _training.Side(parsed);
        string? weights = parsed.GetValue(_weights);
        return _training.Apply(
            Defaults with
            {
                Name = parsed.GetRequiredValue(_name),
                Architecture = parsed.GetRequiredValue(_arch),
                InitialWeights = weights,
                LearningRate = weights is null ? Defaults.LearningRate : PretrainedLearningRate,
                ValidationFraction = parsed.GetValue(_validation),
                BalancedClasses = parsed.GetValue(_classWeights) == "balanced",
                Precision = parsed.GetValue(_precision) == "bfloat16" ? Precision.BFloat16 : Precision.Float32,
                Preprocessing = parsed.GetValue(_raw)
                    ? PreprocessingOptions.None(side)
                    : new PreprocessingOptions { Side = side },
            },
            parsed
        );
    }

    private void Show(ClassifierLine line, bool json)
    {
        if (json)
        {
            Terminal.ResultJson(line);
            return;
        }
        Terminal.Result(
            $"{line.Bundle}: {line.Model}, on {line.HeldOutImages} held-out images ROC AUC {Figures.Area(line.RocAuc)}, "
                + $"accuracy {Figures.Percent(line.Accuracy)}, sensitivity {Figures.Percent(line.Sensitivity)}, "
                + $"specificity {Figures.Percent(line.Specificity)}"
        );
        Terminal.Note(
            $"Epoch {line.KeptEpoch} of {line.Epochs} was kept; the device waited {Figures.Percent(line.DataWaitShare)} of the "
                + $"time for data. The curves are in {Path.Combine(line.Bundle, "curves.png")}."
        );
        Terminal.Note(
            $"Trained on {line.TrainingImages} images; {line.Excluded} excluded, {line.Failed} could not be read. "
                + $"The held-out rows are in {line.HeldOutManifest}, for 'cxr evaluate'."
        );
    }
}
