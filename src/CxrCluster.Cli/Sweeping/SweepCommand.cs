using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Sweeps;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Training;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;
using Spectre.Console;

namespace CxrCluster.Cli.Sweeping;

/// <summary>`cxr sweep`: the bootstrap confidence intervals, as one job of a cluster in this process.</summary>
internal sealed class SweepCommand : LeafCommand
{
    private readonly Option<string> _manifest = Take.Required("--manifest", "CSV", "The cohort with its labels.");
    private readonly Option<string> _images = Take.Required("--images", "DIR", "Folder of the images.");
    private readonly Option<string> _segmenter = Take.Required(
        "--segmenter",
        "FILE",
        "What 'cxr train segmenter' wrote."
    );
    private readonly Option<string> _out = Take.Required(
        "--out",
        "DIR",
        "Folder for sweep.json and report.html; what the sweep needs to go on lies below it in data."
    );
    private readonly Option<bool> _resume = Take.Flag("--resume", "Goes on with the interrupted sweep in --out.");
    private readonly Option<int?> _slots = Take.OptionalNumber(
        "--slots",
        "Trainings at once; by default as many as the cores allow. The results do not depend on it.",
        1,
        1024
    );
    private readonly Option<int?> _port = Take.OptionalNumber(
        "--port",
        "Also shows the progress and the curves as a page at this port.",
        1,
        65535
    );
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per network.");
    private readonly SweepOptionSet _options = new();

    public SweepCommand(CliContext context)
        : base(
            context,
            "sweep",
            "Trains networks on random splits by patient, resamples each split's test images, and writes the metrics with their 95 % confidence intervals.",
            "cxr sweep --manifest manifest.csv --images images --segmenter segmenter.safetensors --archs resnet34,resnet50 --out sweep",
            "cxr sweep --manifest manifest.csv --images images --segmenter segmenter.safetensors --archs resnet34,resnet50 --out sweep --resume"
        )
    {
        foreach (Option option in new Option[] { _manifest, _images, _segmenter, _out, _resume, _slots, _port })
            Add(option);
        _options.AddTo(this);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        long started = Context.Time.GetTimestamp();
        SweepSpec spec = _options.Spec(parsed);
        IReadOnlyDictionary<string, string> weights = _options.Weights(parsed, spec);
        string manifest = parsed.GetRequiredValue(_manifest);
        string segmenter = parsed.GetRequiredValue(_segmenter);
        if (!File.Exists(segmenter))
            throw CommandException.NothingDone(
                $"The segmenter {segmenter} is not there: train one with 'cxr train segmenter'."
            );
        IReadOnlyList<CohortRow> rows = SweepCohort.ReadManifest(manifest, Terminal);

        SortedDictionary<string, string> values = _options.Values(parsed);
        values["--manifest"] = Content(manifest);
        values["--segmenter"] = Content(segmenter);
        Dictionary<string, string> hashes = weights.ToDictionary(
            w => w.Key,
            w => Sha256(w.Value),
            StringComparer.Ordinal
        );
        foreach ((string network, string hash) in hashes)
            values[$"--weights {network}"] = $"content {hash[..12]}";
        bool resume = parsed.GetValue(_resume);
        SweepFolder folder = SweepFolder.Open(parsed.GetRequiredValue(_out), values, resume);
        Context.HowToGoOn = "Run the same command with --resume: epochs that are done are kept.";

        SweepCohort cohort = await SweepCohort.PrepareAsync(
            Context,
            rows,
            parsed.GetRequiredValue(_images),
            segmenter,
            _options.Training(parsed),
            folder.Squares,
            _options.SkipUnreadable(parsed),
            cancellationToken
        );
        foreach (string failed in cohort.Failed)
            Terminal.Warning(failed);
        spec = spec with { Cohort = cohort.Hash, Weights = hashes };

        await using EmbeddedCluster cluster = await StartAsync(parsed, folder, spec, cohort, cancellationToken);
        SweepId id = await SubmitAsync(cluster, spec, cohort, weights, cancellationToken);
        if (cluster.Node.SignInLink is { } link)
            Terminal.Note($"Live curves: sign in once with {link}, then open {cluster.Node.Url}/sweeps/{id}");
        SweepProgress sweep = await FollowAsync(cluster.Get<ISweepStore>(), id, cancellationToken);
        return await ReportAsync(cluster, sweep, folder, cohort, parsed, started, cancellationToken);
    }

    private async Task<EmbeddedCluster> StartAsync(
        ParseResult parsed,
        SweepFolder folder,
        SweepSpec spec,
        SweepCohort cohort,
        CancellationToken cancellationToken
    )
    {
        // The node finds the squares where they are; without the link it would fetch a copy of them from its own blob store.
        string link = folder.CohortOf(cohort.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (!File.Exists(link))
        {
            File.Delete(link); // one that points nowhere
            File.CreateSymbolicLink(link, Path.GetFullPath(cohort.Path));
        }
        int slots =
            parsed.GetValue(_slots)
            ?? Math.Clamp(Environment.ProcessorCount / spec.Threads, 1, spec.Splits * spec.Architectures.Count);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Node:Roles:0"] = NodeRoles.Training,
        };
        if (parsed.GetValue(_port) is { } port)
            (settings["Node:Roles:1"], settings["Node:Url"]) = (NodeRoles.Gateway, $"http://127.0.0.1:{port}");
        for (int i = 0; i < slots; i++)
            settings[$"Node:Slots:{i}"] = "cpu";
        return await EmbeddedCluster.StartAsync(Context, folder.Data, settings, cancellationToken);
    }

    /// <summary>The sweep in the folder; submitted if an earlier process did not come so far.</summary>
    private async Task<SweepId> SubmitAsync(
        EmbeddedCluster cluster,
        SweepSpec spec,
        SweepCohort cohort,
        IReadOnlyDictionary<string, string> weights,
        CancellationToken cancellationToken
    )
    {
        TrainingSweeps sweeps = cluster.Get<TrainingSweeps>();
        if ((await cluster.Get<ISweepStore>().ListAsync(1, cancellationToken)) is [var found])
        {
            if (found.Spec.Cohort != spec.Cohort)
                throw CommandException.WrongUsage(
                    "The images are not those that the sweep was started with: restore them, or start another sweep in another folder."
                );
            if (found.State == SweepState.Cancelled)
                throw CommandException.WrongUsage(
                    "The sweep was cancelled and cannot be resumed: start another one in another folder."
                );
            await sweeps.ResumeAsync(found.Sweep, cancellationToken);
            if (found.EpochsDone > 0)
                Terminal.Note($"Going on after {found.EpochsDone} of {found.Epochs} epochs.");
            return found.Sweep;
        }
        await sweeps.UploadAsync(BlobKeys.Cohort(spec.Cohort), cohort.Path, cancellationToken);
        foreach ((string network, string file) in weights)
            await sweeps.UploadAsync(BlobKeys.Weights(spec.Weights[network]), file, cancellationToken);
        return await sweeps.SubmitAsync(spec, cancellationToken);
    }

    /// <summary>Shows the progress until the sweep is over.</summary>
    private async Task<SweepProgress> FollowAsync(ISweepStore store, SweepId id, CancellationToken cancellationToken)
    {
        using ProgressBoard board = Terminal.StartProgress();
        var bars = new SweepBars(board);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), Context.Time);
        while (true)
        {
            SweepProgress sweep = (await store.ReadProgressAsync(id, cancellationToken))!;
            bars.Show(sweep);
            if (sweep.State is SweepState.Done or SweepState.Failed)
                return sweep;
            if (sweep.State == SweepState.Cancelled)
                throw CommandException.NothingDone($"Sweep {id} was cancelled at its page; nothing is reported.");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<int> ReportAsync(
        EmbeddedCluster cluster,
        SweepProgress sweep,
        SweepFolder folder,
        SweepCohort cohort,
        ParseResult parsed,
        long started,
        CancellationToken cancellationToken
    )
    {
        foreach (RunProgress run in sweep.Runs.Where(r => r.Reason is not null))
            Terminal.Warning($"{run.Key.Architecture}, split {run.Key.Split}: {run.Reason}");
        var predictions = await cluster.Get<ISweepStore>().ReadPredictionsAsync(sweep.Sweep, cancellationToken);
        if (SweepResult.Of(sweep, predictions, Provenance(parsed, cohort)) is not { } input)
            throw CommandException.NothingDone(
                "No split has a trained run of every network, so there is nothing to compare: see the reasons above."
            );
        SweepSummary summary = SweepAnalysis.Compute(input);
        await SweepReport.WriteAsync(folder.Root, input, summary, cancellationToken);
        Show(summary, parsed.GetValue(_json));
        int failed = sweep.Count(RunState.Failed);
        if (failed > 0)
            Terminal.Warning(
                $"{failed} of {sweep.Runs.Count} runs failed: the intervals rest on {input.Splits} of {sweep.Spec.Splits} splits."
            );
        Terminal.Note(
            $"{sweep.Runs.Count - failed} runs, {input.Splits} x {input.Bootstraps} values per metric and network, in "
                + $"{Durations.Text(Context.Time.GetElapsedTime(started))}: {Path.Combine(folder.Root, "report.html")}"
        );
        return failed > 0 || cohort.Failed.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    /// <summary>Nothing here may differ between equal sweeps: sweep.json holds it.</summary>
    private List<(string Name, string Value)> Provenance(ParseResult parsed, SweepCohort cohort) =>
        [
            .. _options.Values(parsed).Select(v => (v.Key.TrimStart('-'), v.Value)),
            ("manifest", Content(parsed.GetRequiredValue(_manifest))),
            ("segmenter", Content(parsed.GetRequiredValue(_segmenter))),
            ("images used", cohort.Usable.ToString(CultureInfo.InvariantCulture)),
            ("images excluded", cohort.Excluded.ToString(CultureInfo.InvariantCulture)),
            ("images unreadable", cohort.Failed.Count.ToString(CultureInfo.InvariantCulture)),
        ];

    private void Show(SweepSummary summary, bool json)
    {
        List<SweepLine> lines =
        [
            .. summary.Models.Select(SweepLine.Of),
            .. summary.Models.Count > 1 ? [SweepLine.Of(summary.MajorityVote)] : Array.Empty<SweepLine>(),
        ];
        if (json)
        {
            lines.ForEach(Terminal.ResultJson);
            return;
        }
        Table table = CliTable.WithColumns(["network", .. MetricValues.Kinds.Select(MetricValues.NameOf)]);
        foreach (SweepLine line in lines)
            table.AddTextRow([line.Model, .. line.Metrics.Values.Select(Text)]);
        Terminal.ResultTable(table);
    }

    private static string Text(SweepLine.Interval interval) =>
        interval.Mean is null
            ? "-"
            : $"{Figures.Area(interval.Mean)} ({Figures.Area(interval.Lower)}-{Figures.Area(interval.Upper)})";

    private static string Content(string file) => $"content {Sha256(file)[..12]}";

    private static string Sha256(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
