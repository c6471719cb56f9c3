using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Cli.Scoring;

/// <summary>`cxr similar`: the nearest cases to an image.</summary>
internal sealed class SimilarCommand : LeafCommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "Image file; it is scored first." };
    private readonly Option<string> _model = Take.Required("--model", "BUNDLE", "Folder of the model bundle.");
    private readonly Option<int> _k = new("-k")
    {
        Description = "How many cases.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
        CustomParser = result => Take.Parse(result, "-k", 1, 1000),
    };
    private readonly Option<bool> _others = Take.Flag(
        "--other-patients",
        "Leaves out further images of the same patient."
    );
    private readonly Option<DateTimeOffset?> _from = Take.OptionalTime("--from", "Only cases received at or after.");
    private readonly Option<DateTimeOffset?> _until = Take.OptionalTime("--until", "Only cases received before.");
    private readonly Option<int?> _label = Take.OptionalNumber("--label", "Only cases of this known class.", 0, 1);
    private readonly Option<string?> _view = Take.Text("--view", "VIEW", "Only cases of this view position, as in AP.");
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per line.");
    private readonly ScoringOptionSet _scoring = new();

    public SimilarCommand(CliContext context)
        : base(
            context,
            "similar",
            "Finds the cases nearest to an image by embedding, among all images of the data folder that the model has scored.",
            "cxr similar chest.png --model bundle -k 4"
        )
    {
        Add(_image);
        Add(_model);
        Add(_k);
        Add(_others);
        Add(_from);
        Add(_until);
        Add(_label);
        Add(_view);
        Add(_json);
        _scoring.AddTo(this);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string image = parsed.GetRequiredValue(_image);
        if (InputPaths.MissingFile(image) is { } missing)
            throw CommandException.NothingDone(missing);
        var filter = new SimilarFilter(
            parsed.GetValue(_from),
            parsed.GetValue(_until),
            parsed.GetValue(_label),
            parsed.GetValue(_view)
        );
        if (filter.From >= filter.Until)
            throw CommandException.WrongUsage("--from is not before --until: no case lies between. Exchange them.");
        ModelBundle bundle = ModelBundle.Load(parsed.GetRequiredValue(_model));
        ImageInput input = new ManifestLookup(Terminal, named: null).Describe([(image, null)])[0];

        await using EmbeddedCluster cluster = await _scoring.StartAsync(Context, parsed, cancellationToken);
        ModelId model = await cluster.PushAsync(bundle, cancellationToken);
        ScoredInput scored = await ScoreAsync(cluster, model, input, cancellationToken);
        string? patient = parsed.GetValue(_others) ? input.Origin.PatientId : null;
        SimilarReply reply = await SimilarCases.FindAsync(
            cluster,
            model,
            scored,
            parsed.GetValue(_k),
            patient,
            filter,
            cancellationToken
        );
        foreach (HospitalId hospital in reply.Missing)
            Terminal.Warning($"Hospital {hospital} did not answer: its cases are missing.");
        if (reply.Neighbours.Count == 0)
            throw CommandException.NothingDone(
                filter.Narrows
                    ? $"No other image of the data folder that was scored with {model} passes --from, --until, --label and --view: leave some out."
                    : $"There is nothing to compare {image} with: no other image of the data folder has been scored with {model}. "
                        + "Score some first, as in: cxr score FOLDER --model BUNDLE."
            );
        Terminal.Note($"{image}: probability {scored.Score.Probability:0.0000} with {model}.");
        SimilarCases.Write(Terminal, reply.Neighbours, parsed.GetValue(_json));
        return ExitCodes.Done;
    }

    private static async Task<ScoredInput> ScoreAsync(
        EmbeddedCluster cluster,
        ModelId model,
        ImageInput input,
        CancellationToken cancellationToken
    )
    {
        ScoredInput scored = await cluster.ScoreAsync(model, [input], cancellationToken).FirstAsync(cancellationToken);
        return scored.Score.Outcome == ImageOutcome.Scored
            ? scored
            : throw CommandException.NothingDone(scored.Reason!);
    }
}
