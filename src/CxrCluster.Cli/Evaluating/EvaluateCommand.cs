using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Evaluation.Reports;
using CxrCluster.Learning.Bundles;
using Spectre.Console;

namespace CxrCluster.Cli.Evaluating;

/// <summary>`cxr evaluate`: models against a labelled cohort.</summary>
internal sealed class EvaluateCommand : LeafCommand
{
    private readonly Option<string[]> _models = new("--model")
    {
        Description = "Folder of a model bundle; repeat it to compare models and to add their majority vote.",
        HelpName = "BUNDLE",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _manifest = Take.Required("--manifest", "CSV", "The cohort with its labels.");
    private readonly Option<string> _images = Take.Required("--images", "DIR", "Folder of the images.");
    private readonly Option<string> _out = Take.Required("--out", "DIR", "Folder for the report.");
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per model.");
    private readonly ScoringOptionSet _scoring = new();

    public EvaluateCommand(CliContext context)
        : base(
            context,
            "evaluate",
            "Scores a labelled cohort and writes metrics, curves and an HTML report.",
            "cxr evaluate --model bundle --manifest held-out.csv --images images --out report"
        )
    {
        Add(_models);
        Add(_manifest);
        Add(_images);
        Add(_out);
        Add(_json);
        _scoring.AddTo(this);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<ModelBundle> bundles = [.. parsed.GetRequiredValue(_models).Select(ModelBundle.Load)];
        string manifest = parsed.GetRequiredValue(_manifest);
        var cohort = new LabelledCohort(
            manifest,
            new ManifestRows(manifest, Terminal).Rows,
            parsed.GetRequiredValue(_images)
        );
        string folder = parsed.GetRequiredValue(_out);

        await using EmbeddedCluster cluster = await _scoring.StartAsync(Context, parsed, cancellationToken);
        var scores = new List<CohortScores>();
        foreach (ModelBundle bundle in bundles)
        {
            WarnIfTrainedOn(bundle, manifest);
            ModelId model = await cluster.PushAsync(bundle, cancellationToken);
            (CohortScores scored, var results) = await cohort.ScoreAsync(
                cluster,
                model,
                bundle.Manifest.Threshold,
                cancellationToken
            );
            foreach (ScoredInput failed in results.Where(r => r.Score.Outcome == Contracts.Scoring.ImageOutcome.Failed))
                Terminal.Warning(failed.Reason!);
            if (scored.Predictions.Count == 0)
                throw CommandException.NothingDone(
                    $"None of the {results.Count} images of {manifest} could be scored with {model}: {results[0].Reason}"
                );
            scores.Add(scored);
        }
        var reports = new CohortReports(cohort, Context.Time);
        List<EvaluationLine> lines = [.. await reports.WriteAsync(folder, scores, cancellationToken)];
        Show(lines, parsed.GetValue(_json));
        Terminal.Note($"The report lies in {Path.Combine(folder, "report.html")}.");
        return scores.Any(s => s.Failed.Any()) ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private void WarnIfTrainedOn(ModelBundle bundle, string manifest)
    {
        string hash = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(manifest))
        );
        if (string.Equals(bundle.Manifest.Training.ManifestSha256, hash, StringComparison.OrdinalIgnoreCase))
            Terminal.Warning(
                $"{bundle.Manifest} was trained on patients of {manifest}: numbers that include them look better than "
                    + "the model is. Evaluate on the held-out rows, which 'cxr train classifier' writes beside the bundle."
            );
    }

    private void Show(List<EvaluationLine> lines, bool json)
    {
        if (json)
        {
            lines.ForEach(Terminal.ResultJson);
            return;
        }
        Table table = CliTable.WithColumns(
            "model",
            "images",
            "positive",
            "accuracy",
            "sensitivity",
            "specificity",
            "ROC AUC",
            "PR AUC",
            "excluded",
            "failed"
        );
        foreach (EvaluationLine line in lines)
            table.AddTextRow(
                line.Model,
                $"{line.N}",
                $"{line.Positives}",
                Figures.Percent(line.Accuracy),
                Figures.Percent(line.Sensitivity),
                Figures.Percent(line.Specificity),
                Figures.Area(line.RocAuc),
                Figures.Area(line.PrAuc),
                $"{line.Excluded}",
                $"{line.Failed}"
            );
        Terminal.ResultTable(table);
    }
}
