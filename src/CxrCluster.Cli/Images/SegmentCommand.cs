using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;

namespace CxrCluster.Cli.Images;

/// <summary>`cxr segment`: the lung map of one image.</summary>
internal sealed class SegmentCommand : LeafCommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "DICOM, PNG, TIFF, JPEG or BMP file." };
    private readonly Option<string> _model = Take.Required("--model", "BUNDLE", "Folder of the model bundle.");
    private readonly Option<string> _out = Take.Required("--out", "PNG", "The map to write: 8-bit, 255 = surely lung.");

    public SegmentCommand(CliContext context)
        : base(
            context,
            "segment",
            "Writes the lung-probability map of an image, in the geometry of the preprocessed square.",
            "cxr segment chest.png --model bundle --out lungs.png"
        )
    {
        Add(_image);
        Add(_model);
        Add(_out);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string image = parsed.GetRequiredValue(_image);
        string map = parsed.GetRequiredValue(_out);
        OutputFile.Refuse(image, map);
        ModelBundle bundle = ModelBundle.Load(parsed.GetRequiredValue(_model));
        Radiograph radiograph = await ImageReading.ReadAsync(Context, image, cancellationToken);
        SquareImage square = new Preprocessor(bundle.Manifest.Preprocessing).Apply(radiograph).Square;
        using var engine = new InferenceEngine(bundle, new EngineOptions());
        Inference inference = engine.Infer([square], wantLungMaps: true)[0];
        await OutputFile.WriteAsync(map, PngWriter.Encode(inference.LungMap!), cancellationToken);
        Terminal.Note($"Lung covers {inference.LungFraction * 100:0.0} % of the square of {image}.");
        Terminal.Result(map);
        return ExitCodes.Done;
    }
}
