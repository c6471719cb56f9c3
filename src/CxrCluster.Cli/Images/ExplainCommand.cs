using System.CommandLine;
using System.Globalization;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Explanations;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;

namespace CxrCluster.Cli.Images;

/// <summary>`cxr explain`: the heat map over one image.</summary>
internal sealed class ExplainCommand : LeafCommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "DICOM, PNG, TIFF, JPEG or BMP file." };
    private readonly Option<string> _model = Take.Required("--model", "BUNDLE", "Folder of the model bundle.");
    private readonly Option<string> _out = Take.Required("--out", "PNG", "The picture to write.");

    public ExplainCommand(CliContext context)
        : base(
            context,
            "explain",
            "Shows where in an image a model finds its evidence for COVID-19 (Grad-CAM), with the lungs' outline.",
            "cxr explain chest.png --model bundle --out heat.png"
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
        string picture = parsed.GetRequiredValue(_out);
        OutputFile.Refuse(image, picture);
        ModelBundle bundle = ModelBundle.Load(parsed.GetRequiredValue(_model));
        Radiograph radiograph = await ImageReading.ReadAsync(Context, image, cancellationToken);
        SquareImage square = new Preprocessor(bundle.Manifest.Preprocessing).Apply(radiograph).Square;
        using var engine = new InferenceEngine(bundle, new EngineOptions());
        Inference inference = engine.Infer([square], wantLungMaps: true, wantHeatMaps: true)[0];
        string score = string.Create(
            CultureInfo.InvariantCulture,
            $"COVID-19 probability {inference.Probability:0.000}, threshold {bundle.Manifest.Threshold:0.000}"
        );
        ColourImage overlay = HeatMapOverlay.Draw(
            square,
            inference.HeatMap!,
            inference.LungMap,
            score,
            "Not for diagnosis. Bright: what raised the probability most in this image."
        );
        await OutputFile.WriteAsync(picture, HeatMapOverlay.Encode(overlay), cancellationToken);
        Terminal.Note($"{image}: {score}.");
        Terminal.Result(picture);
        return ExitCodes.Done;
    }
}
