using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Cli.Scoring;

/// <summary>`cxr score`: files and folders through the cluster in this process.</summary>
internal sealed class ScoreCommand : LeafCommand
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Image files, or folders of images (png, jpg, tif, bmp, dcm).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _model = Take.Required("--model", "BUNDLE", "Folder of the model bundle.");
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per line.");
    private readonly Option<bool> _embedding = Take.Flag("--embedding", "With --json: adds the embedding.");
    private readonly Option<bool> _recursive = Take.Flag("--recursive", "Looks into the folders below, too.");
    private readonly Option<string?> _manifest = Take.Text(
        "--manifest",
        "CSV",
        "Gives hospital, patient and view of the images; by default the manifest.csv in or beside a folder, if it fits."
    );
    private readonly ScoringOptionSet _scoring = new();

    public ScoreCommand(CliContext context)
        : base(
            context,
            "score",
            "Scores images: the probability of COVID-19, one line per input, in the order of the inputs.",
            "cxr score images/ --model bundle",
            "cxr score a.png b.png --model bundle --json --embedding"
        )
    {
        Add(_paths);
        Add(_model);
        Add(_json);
        Add(_embedding);
        Add(_recursive);
        Add(_manifest);
        _scoring.AddTo(this);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_embedding) && !parsed.GetValue(_json))
            throw CommandException.WrongUsage("--embedding needs --json: a table has no room for it.");
        ModelBundle bundle = ModelBundle.Load(parsed.GetRequiredValue(_model));
        ManifestRows? manifest = parsed.GetValue(_manifest) is { } csv ? new ManifestRows(csv, Terminal) : null;
        IReadOnlyList<ImageInput> inputs = new ManifestLookup(Terminal, manifest).Describe(
            InputPaths.Expand(parsed.GetRequiredValue(_paths), parsed.GetValue(_recursive))
        );

        long started = Context.Time.GetTimestamp();
        await using EmbeddedCluster cluster = await _scoring.StartAsync(Context, parsed, cancellationToken);
        ModelId model = await cluster.PushAsync(bundle, cancellationToken);
        Action<ScoredInput> write = parsed.GetValue(_json)
            ? result => Terminal.ResultJson(ScoreLine.Of(result, model, parsed.GetValue(_embedding)))
            : new ScoreTable(Terminal, inputs).Add;
        var count = new OutcomeCount();
        await foreach (ScoredInput result in cluster.ScoreAsync(model, inputs, cancellationToken))
        {
            write(result);
            count.Add(result.Score);
        }
        Terminal.Note($"{count}, in {Durations.Text(Context.Time.GetElapsedTime(started))} with {model}.");
        return count.ExitCode;
    }
}
