using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Evaluation.Confounds;
using CxrCluster.Imaging.Cohorts;
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
    private readonly EvaluationOptionSet _report = new();
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
        _report.AddTo(this);
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

        LabelledCohort? training = TrainingCohort(parsed, cohort);

        await using EmbeddedCluster cluster = await _scoring.StartAsync(Context, parsed, cancellationToken);
        var scores = new List<CohortScores>();
        foreach (ModelBundle bundle in bundles)
        {
            WarnIfTrainedOn(bundle, manifest);
            CohortScores scored = await ScoreAsync(cluster, bundle, cohort, manifest, cancellationToken);
            CohortScores? learnt = training is null
                ? null
                : await ScoreAsync(cluster, bundle, training, _report.TrainManifest(parsed)!, cancellationToken);
            scores.Add(
                scored with
                {
                    Training = learnt,
                    TrainingCohort = training,
                    Confounds = await ProbeAsync(parsed, bundle, cohort, scored, cancellationToken),
                }
            );
        }
        var reports = new CohortReports(cohort, Context.Time)
        {
            Caution = bundles.Exists(bundle => IsTrainedOn(bundle, manifest))
                ? "A model was trained on patients of this manifest: its numbers look better than it is."
                : null,
            Seed = _report.Seed(parsed),
            TSne = _report.TSne(parsed),
        };
        List<EvaluationLine> lines = [.. await reports.WriteAsync(folder, scores, cancellationToken)];
        Show(lines, parsed.GetValue(_json));
        Terminal.Note($"The report lies in {Path.Combine(folder, "report.html")}.");
        return scores.Any(s => s.Failed.Any() || s.Training?.Failed.Any() == true)
            ? ExitCodes.SomeFailed
            : ExitCodes.Done;
    }

    /// <summary>The rows of the training manifest whose patients are not evaluated; null without one.</summary>
    private LabelledCohort? TrainingCohort(ParseResult parsed, LabelledCohort evaluated)
    {
        if (_report.TrainManifest(parsed) is not { } manifest)
            return null;
        IReadOnlyList<CohortRow> rows = evaluated.WithoutItsPatients(new ManifestRows(manifest, Terminal).Rows);
        if (rows.Count == 0)
            throw CommandException.NothingDone(
                $"{manifest}: every patient of it is evaluated, so that none is left to compare with. Give the manifest that "
                    + "the model was trained on."
            );
        return new LabelledCohort(manifest, rows, _report.TrainImages(parsed) ?? parsed.GetRequiredValue(_images));
    }

    private async Task<CohortScores> ScoreAsync(
        EmbeddedCluster cluster,
        ModelBundle bundle,
        LabelledCohort cohort,
        string manifest,
        CancellationToken cancellationToken
    )
    {
        ModelId model = await cluster.PushAsync(bundle, cancellationToken);
        (CohortScores scored, var results) = await cohort.ScoreAsync(
            cluster,
            model,
            bundle.Manifest.Threshold,
            cancellationToken
        );
        foreach (ScoredInput failed in results.Where(r => r.Score.Outcome == Contracts.Scoring.ImageOutcome.Failed))
            Terminal.Warning(failed.Reason!);
        return scored.Predictions.Count > 0
            ? scored
            : throw CommandException.NothingDone(
                $"None of the {results.Count} images of {manifest} could be scored with {model}: {results[0].Reason}"
            );
    }

    private async Task<ConfoundReport?> ProbeAsync(
        ParseResult parsed,
        ModelBundle bundle,
        LabelledCohort cohort,
        CohortScores scored,
        CancellationToken cancellationToken
    )
    {
        if (_report.ConfoundImages(parsed) is not { } most)
            return null;
        var study = new ConfoundStudy(cohort, Terminal, most, _report.Seed(parsed));
        ConfoundReport report = await study.RunAsync(bundle, scored, cancellationToken);
        if (report.Warnings.Count > 0)
            Terminal.Warning(
                $"{bundle.Manifest}: the numbers may measure where an image comes from. {string.Join(' ', report.Warnings)} "
                    + "The report's section on confounders has the numbers."
            );
        return report;
    }

    private void WarnIfTrainedOn(ModelBundle bundle, string manifest)
    {
        if (IsTrainedOn(bundle, manifest))
            Terminal.Warning(
                $"{bundle.Manifest} was trained on patients of {manifest}: numbers that include them look better than "
                    + "the model is. Evaluate on the held-out rows, which 'cxr train classifier' writes beside the bundle."
            );
    }

    private static bool IsTrainedOn(ModelBundle bundle, string manifest)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(manifest));
        return string.Equals(
            bundle.Manifest.Training.ManifestSha256,
            Convert.ToHexStringLower(hash),
            StringComparison.OrdinalIgnoreCase
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
