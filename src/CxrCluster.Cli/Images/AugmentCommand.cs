using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Evaluation.Plots;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Augmentation;
using CxrCluster.Imaging.Preprocessing;

namespace CxrCluster.Cli.Images;

/// <summary>`cxr augment`: what training makes of one image, as a labelled picture.</summary>
internal sealed class AugmentCommand : LeafCommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "PNG, TIFF, JPEG or BMP file." };
    private readonly Option<string> _out = Take.Required("--out", "PNG", "The picture to write.");
    private readonly Option<int> _seed = Take.Number("--seed", "Seed of the training.", 1, 0, int.MaxValue);
    private readonly Option<int> _count = Take.Number("--count", "Augmented versions to show.", 11, 1, 63);
    private readonly Option<int> _side = Take.Number(
        "--side",
        "Side of the training's images in pixels.",
        512,
        32,
        2048
    );

    public AugmentCommand(CliContext context)
        : base(
            context,
            "augment",
            "Draws what training makes of an image in its first epochs: the preprocessed square and its augmented versions.",
            "cxr augment chest.png --out augmented.png --seed 1 --count 11"
        )
    {
        Add(_image);
        Add(_out);
        Add(_seed);
        Add(_count);
        Add(_side);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string image = parsed.GetRequiredValue(_image);
        string picture = parsed.GetRequiredValue(_out);
        OutputFile.Refuse(image, picture);
        var preprocessing = new PreprocessingOptions { Side = parsed.GetValue(_side) };
        SquareImage square = new Preprocessor(preprocessing).Apply(RadiographReader.ReadFile(image)).Square;
        string name = Path.GetFileName(image);
        var augmenter = new Augmenter(new AugmentationOptions());
        List<GridTile> tiles =
        [
            new(PngWriter.Encode(square), "preprocessed", [$"{square.Side} × {square.Side} pixels"]),
        ];
        for (int epoch = 1; epoch <= parsed.GetValue(_count); epoch++)
        {
            AugmentationPlan plan = augmenter.Plan(parsed.GetValue(_seed), epoch, name);
            SquareImage changed = Augmenter.Apply(square, square, plan).Image;
            tiles.Add(new(PngWriter.Encode(changed), $"epoch {epoch}", plan.Describe()));
        }
        byte[] grid = PictureGrid.Render($"Augmentation of {name}, seed {parsed.GetValue(_seed)}", tiles);
        await OutputFile.WriteAsync(picture, grid, cancellationToken);
        Terminal.Result(picture);
        return ExitCodes.Done;
    }
}
