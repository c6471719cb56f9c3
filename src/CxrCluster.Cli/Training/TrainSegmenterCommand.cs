using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>`cxr train segmenter`: a U-net from images with lung masks.</summary>
internal sealed class TrainSegmenterCommand : LeafCommand
{
    private static readonly SegmenterTrainingOptions Defaults = new();

    private readonly Option<string> _images = Take.Required("--images", "DIR", "Radiographs.");
    private readonly Option<string> _masks = Take.Required("--masks", "DIR", "Lung masks of the same names and sizes.");
    private readonly Option<string> _out = Take.Required("--out", "FILE", "The segmenter to write (.safetensors).");
    private readonly Option<int> _depth = Take.Number("--depth", "Levels of the U-net.", Defaults.Shape.Depth, 2, 7);
    private readonly Option<int> _width = Take.Number(
        "--width",
        "Channels of its first level.",
        Defaults.Shape.BaseWidth,
        4,
        256
    );
    private readonly Option<bool> _json = Take.Flag("--json", "The result as one JSON object.");
    private readonly TrainingOptionSet _training = new(Defaults, Defaults.Preprocessing.Side);

    public TrainSegmenterCommand(CliContext context)
        : base(
            context,
            "segmenter",
            "Trains the lung segmenter on pairs of radiograph and mask; a fifth of the pairs is held out to measure on.",
            "cxr train segmenter --images lungs/images --masks lungs/masks --out segmenter.safetensors"
        )
    {
        Add(_images);
        Add(_masks);
        Add(_out);
        Add(_depth);
        Add(_width);
        _training.AddTo(this);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SegmenterTrainingOptions options = _training.Apply(
            Defaults with
            {
                Shape = new UNetShape(parsed.GetValue(_depth), parsed.GetValue(_width)),
                Preprocessing = new PreprocessingOptions { Side = _training.Side(parsed) },
            },
            parsed
        );
        SegmenterTrainer trainer = TrainingRun.Create(() => new SegmenterTrainer(options));
        SegmenterTrainingResult result = await TrainingRun.RunAsync(
            Context,
            progress =>
                trainer.Train(
                    parsed.GetRequiredValue(_images),
                    parsed.GetRequiredValue(_masks),
                    parsed.GetRequiredValue(_out),
                    progress,
                    cancellationToken
                ),
            cancellationToken
        );
        if (parsed.GetValue(_json))
            Terminal.ResultJson(result);
        else
            Terminal.Result(
                $"{result.File}: mean Dice {Figures.Area(result.MeanDice)} on {result.HeldOutPairs} held-out pairs, "
                    + $"trained on {result.TrainingPairs}"
            );
        return ExitCodes.Done;
    }
}
