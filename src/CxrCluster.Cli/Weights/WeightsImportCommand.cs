using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Images;
using CxrCluster.Cli.Terminal;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights.Importing;

namespace CxrCluster.Cli.Weights;

/// <summary>`cxr weights import`: pretrained weights to begin a training with.</summary>
internal sealed class WeightsImportCommand : LeafCommand
{
    private const string Rgb = "rgb";
    private const string Keep = "keep";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "What torch.save wrote (.pth, old or new), or safetensors. Nothing in it is run.",
    };
    private readonly Option<string> _arch = Take.RequiredOneOf(
        "--arch",
        "Network that the weights are for.",
        [.. ClassifierNetwork.Architectures]
    );
    private readonly Option<string> _out = Take.Required("--out", "FILE", "The weights to write (.safetensors).");
    private readonly Option<string> _firstLayer = Take.OneOf(
        "--first-layer",
        "What the first layer sees: rgb (normalised as ImageNet's images; folded into our channels) or keep (ours already).",
        Rgb,
        Rgb,
        Keep
    );
    private readonly Option<bool> _json = Take.Flag("--json", "The result as one JSON object.");

    public WeightsImportCommand(CliContext context)
        : base(
            context,
            "import",
            "Makes pretrained weights of torchvision's networks into a file for 'cxr train classifier --weights'.",
            "cxr weights import resnet50.pth --arch resnet50 --out resnet50.safetensors"
        )
    {
        Add(_file);
        Add(_arch);
        Add(_out);
        Add(_firstLayer);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = parsed.GetRequiredValue(_file);
        string output = parsed.GetRequiredValue(_out);
        OutputFile.Refuse(file, output);
        OutputFile.MakeRoom(output);
        FirstLayerWeights firstLayer =
            parsed.GetRequiredValue(_firstLayer) == Rgb ? FirstLayerWeights.Rgb : FirstLayerWeights.Keep;
        ImportedWeights imported = await Task.Run(
            () => WeightsImport.Run(file, parsed.GetRequiredValue(_arch), firstLayer, output),
            cancellationToken
        );
        Show(new WeightsLine(output, imported), parsed.GetValue(_json));
        return ExitCodes.Done;
    }

    private void Show(WeightsLine line, bool json)
    {
        if (line.LeftOut.Count > 0)
            Terminal.Note($"Left out the file's own classifier: {string.Join(", ", line.LeftOut)}.");
        if (line.FilledIn > 0)
            Terminal.Note($"The file has no batch counts; {line.FilledIn} were set to 0 (nothing reads them).");
        Terminal.Note(
            line.FirstLayer == Rgb
                ? "The first layer was made for [grey image, lung map, zeros] from RGB normalised as ImageNet's images are."
                : "The first layer stays as it is in the file."
        );
        if (json)
            Terminal.ResultJson(line);
        else
            Terminal.Result(line.Weights);
    }
}
