using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Reports;

/// <summary>Performance per hospital and per view.</summary>
internal static class SubgroupSection
{
    public static void Write(Html html, EvaluationResult result)
    {
        html.Heading("Hospitals and views");
        Groups(html, "hospital", result.HospitalGroups);
        if (result.Views.Count > 0)
            Groups(html, "view", result.Views);
        if (result.Hospitals.Any(h => h.Excluded + h.Failed > 0))
            html.Table(
                "Images per hospital that got a score, and those that did not",
                ["hospital", "images", "scored", "excluded", "failed"],
                result.Hospitals.Select(
                    IReadOnlyList<string> (h) =>
                        [h.Hospital, $"{h.Images}", $"{h.Scored}", $"{h.Excluded}", $"{h.Failed}"]
                )
            );
    }

    private static void Groups(Html html, string name, IReadOnlyList<GroupSummary> groups) =>
        html.Table(
            $"Scored images per {name}: percent (count) with Wilson's 95 % interval",
            [name, "images", "positive", "accuracy", "sensitivity", "specificity", "ROC AUC"],
            groups.Select(
                IReadOnlyList<string> (g) =>
                    [
                        g.Group,
                        $"{g.Images}",
                        $"{g.Positives}",
                        Cell(g.Accuracy),
                        Cell(g.Sensitivity),
                        Cell(g.Specificity),
                        Numbers.Decimal(g.RocAuc),
                    ]
            )
        );

    private static string Cell(Proportion share) =>
        share.Whole == 0
            ? "n/a"
            : $"{Numbers.PercentOf(share.Part, share.Whole)}\n{Numbers.Percent(share.Lower)}–{Numbers.Percent(share.Upper)}";
}
