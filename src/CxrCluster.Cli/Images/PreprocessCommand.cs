using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;

namespace CxrCluster.Cli.Images;

/// <summary>`cxr preprocess`: the preprocessing alone, to look at.</summary>
internal sealed class PreprocessCommand : LeafCommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "DICOM, PNG, TIFF, JPEG or BMP file." };
    private readonly Option<string> _out = Take.Required("--out", "PNG", "The 8-bit gray square to write.");
    private readonly Option<int> _side = Take.Number("--side", "Side of the square in pixels.", 1024, 32, 4096);
    private readonly Option<string?> _steps = Take.Text(
        "--steps",
        "STEPS",
        "Steps to take, comma-separated, of crop,brightness,pad,resize,clahe; all by default."
    );

    public PreprocessCommand(CliContext context)
        : base(
            context,
            "preprocess",
            "Writes an image as a model would see it: cropped, brightness standardised, padded, resized, CLAHE.",
            "cxr preprocess chest.png --out square.png --side 512"
        )
    {
        Add(_image);
        Add(_out);
        Add(_side);
        Add(_steps);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string image = parsed.GetRequiredValue(_image);
        PreprocessingOptions options = ReadOptions(parsed.GetRequiredValue(_side), parsed.GetValue(_steps));
        OutputFile.Refuse(image, parsed.GetRequiredValue(_out));
        Radiograph radiograph = await ImageReading.ReadAsync(Context, image, cancellationToken);
        PreprocessedImage result = new Preprocessor(options).Apply(radiograph);
        await OutputFile.WriteAsync(parsed.GetRequiredValue(_out), PngWriter.Encode(result.Square), cancellationToken);
        Terminal.Note(
            $"Kept {result.Crop.Width} x {result.Crop.Height} pixels at ({result.Crop.X}, {result.Crop.Y}) of {image}."
        );
        Terminal.Result(parsed.GetRequiredValue(_out));
        return ExitCodes.Done;
    }

    private static PreprocessingOptions ReadOptions(int side, string? steps)
    {
        try
        {
            var options = new PreprocessingOptions { Side = side };
            if (steps is not null)
                options = options with { Steps = PreprocessingSteps.Parse(steps) };
            string? problem = options.Validate().FirstOrDefault();
            return problem is null ? options : throw CommandException.WrongUsage(problem);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw CommandException.WrongUsage($"--steps: {exception.Message}");
        }
    }
}
