using CxrCluster.Cli.Evaluating;
using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Evaluation.Metrics;
using Spectre.Console;

namespace CxrCluster.Cli.Demo;

/// <summary>The table per hospital: counts over all images, quality on the held-out patients only.</summary>
internal static class DemoTable
{
    /// <summary>Writes it.</summary>
    /// <param name="threshold">The model's operating point.</param>
    public static void Write(CliTerminal terminal, DemoScores scores, ModelId model, double threshold)
    {
        Table table = CliTable.WithColumns(
            "hospital",
            "images",
            "scored",
            "excluded",
            "failed",
            "held out",
            "accuracy",
            "ROC AUC"
        );
        foreach (HospitalId hospital in scores.Hospitals)
        {
            bool Mine(ScoredInput r) => r.Input.Origin.Hospital == hospital;
            AddRow(
                table,
                hospital.Value,
                [.. scores.All.Where(Mine)],
                [.. scores.HeldOut.Where(Mine)],
                model,
                threshold
            );
        }
        AddRow(table, "all", scores.All, scores.HeldOut, model, threshold);
        terminal.ResultTable(table);
        terminal.Result("Accuracy and ROC AUC are of the held-out patients, whom the model has not seen in training.");
    }

    private static void AddRow(
        Table table,
        string name,
        IReadOnlyList<ScoredInput> all,
        IReadOnlyList<ScoredInput> heldOut,
        ModelId model,
        double threshold
    )
    {
        CohortScores unseen = CohortScores.Of(model, threshold, heldOut, r => Path.GetFileName(r.Input.Path));
        ClassificationMetrics? metrics =
            unseen.Predictions.Count > 0 ? ClassificationMetrics.Compute(unseen.Predictions, threshold) : null;
        int Count(ImageOutcome outcome) => all.Count(r => r.Score.Outcome == outcome);
        table.AddTextRow(
            name,
            $"{all.Count}",
            $"{Count(ImageOutcome.Scored)}",
            $"{Count(ImageOutcome.Excluded)}",
            $"{Count(ImageOutcome.Failed)}",
            $"{unseen.Predictions.Count}",
            Figures.Percent(metrics?.Accuracy),
            Figures.Area(metrics?.RocAuc)
        );
    }
}
