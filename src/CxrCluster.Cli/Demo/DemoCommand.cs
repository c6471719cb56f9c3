using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Evaluating;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Models;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Cli.Demo;

/// <summary>`cxr demo`: the whole story on synthetic hospitals.</summary>
internal sealed class DemoCommand : LeafCommand
{
    private const string Caution =
        "The images are synthetic phantoms: the numbers show that the system works, and say nothing about patients.";

    private readonly Option<string> _out = Take.Text("--out", "DIR", "Folder for everything that is made.", "cxr-demo");
    private readonly Option<int> _port = Take.Number(
        "--port",
        "Port of the web pages; 0 takes a free one.",
        0,
        0,
        65_535
    );
    private readonly Option<bool> _exit = Take.Flag("--exit", "Stops at the end instead of serving.");
    private readonly Option<int> _seed = Take.Number("--seed", "Seed of patients and trainings.", 1, 0, 1_000_000);

    public DemoCommand(CliContext context)
        : base(
            context,
            "demo",
            "Draws the patients of four hospitals, trains a model, scores everything through the cluster, finds similar cases, "
                + "writes a report and serves it. Takes about five minutes on two cores.",
            "cxr demo",
            "cxr demo --exit --out demo"
        )
    {
        Add(_out);
        Add(_port);
        Add(_exit);
        Add(_seed);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = new DemoSettings(parsed.GetValue(_seed));
        var folder = new DemoFolder(parsed.GetRequiredValue(_out), Terminal);
        folder.Create();
        Context.HowToGoOn = "Run the same command again: finished steps are reused.";
        await new DemoModel(Context, settings, folder).MakeAsync(cancellationToken);

        Directory.CreateDirectory(folder.Report);
        await using EmbeddedCluster cluster = await StartAsync(folder, parsed.GetValue(_port), cancellationToken);
        ModelBundle bundle = ModelBundle.Load(folder.Bundle);
        ModelId model = await cluster.PushAsync(bundle, cancellationToken);
        await cluster.Get<ModelRegistry>().ActivateAsync(model, cancellationToken);
        DemoScores scores = await ScoreAsync(cluster, folder, model, bundle.Manifest.Threshold, cancellationToken);

        DemoTable.Write(Terminal, scores, model, bundle.Manifest.Threshold);
        await ShowSimilarAsync(cluster, model, scores, cancellationToken);
        Terminal.Result("");
        Terminal.Result($"Report on the held-out patients: {Path.Combine(folder.Report, "report.html")}");
        if (!parsed.GetValue(_exit))
            await ServeAsync(cluster, cancellationToken);
        return ExitCodes.Done;
    }

    private Task<EmbeddedCluster> StartAsync(DemoFolder folder, int port, CancellationToken cancellationToken)
    {
        Terminal.Note("Starting the cluster ...");
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Node:Url"] = $"http://127.0.0.1:{port}",
            ["Gateway:ReportFolder"] = Path.GetFullPath(folder.Report),
        };
        return EmbeddedCluster.StartAsync(Context, folder.Data, settings, cancellationToken);
    }

    private async Task<DemoScores> ScoreAsync(
        EmbeddedCluster cluster,
        DemoFolder folder,
        ModelId model,
        double threshold,
        CancellationToken cancellationToken
    )
    {
        var cohort = new LabelledCohort(folder.Manifest, CohortManifest.Read(folder.Manifest), folder.Images);
        (_, IReadOnlyList<ScoredInput> all) = await cohort.ScoreAsync(cluster, model, threshold, cancellationToken);
        var scores = new DemoScores(all, CohortManifest.Read(folder.HeldOut));
        Terminal.Note("Writing the report ...");
        var reports = new CohortReports(cohort, Context.Time) { Caution = Caution };
        CohortScores unseen = CohortScores.Of(model, threshold, scores.HeldOut, cohort.NameOf);
        await reports.WriteAsync(folder.Report, [unseen], cancellationToken);
        return scores;
    }

    private async Task ShowSimilarAsync(
        EmbeddedCluster cluster,
        ModelId model,
        DemoScores scores,
        CancellationToken cancellationToken
    )
    {
        if (scores.Example is not { } example)
            return;
        string? patient = example.Input.Origin.PatientId;
        SimilarReply reply = await SimilarCases.FindAsync(cluster, model, example, 4, patient, null, cancellationToken);
        Terminal.Result("");
        Terminal.Result(
            $"Other patients most similar to {Path.GetFileName(example.Input.Path)} of {example.Input.Origin.Hospital} "
                + $"(positive, probability {example.Score.Probability:0.0000}):"
        );
        SimilarCases.Write(Terminal, reply.Neighbours, json: false);
    }

    private async Task ServeAsync(EmbeddedCluster cluster, CancellationToken cancellationToken)
    {
        Terminal.Result($"Worklist and images: {cluster.Node.SignInLink}");
        Terminal.Result($"The report is served at {cluster.Node.Url}/reports/");
        Terminal.Note("The link signs you in once. Ctrl-C stops.");
        await cluster.Node.WaitForShutdownAsync(cancellationToken);
    }
}
