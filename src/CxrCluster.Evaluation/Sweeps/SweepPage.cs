using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Plots;
using CxrCluster.Evaluation.Reports;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>report.html of a sweep.</summary>
internal static class SweepPage
{
    private static readonly MetricKind[] PerSplitKinds =
    [
        MetricKind.Accuracy,
        MetricKind.Sensitivity,
        MetricKind.Specificity,
        MetricKind.RocAuc,
        MetricKind.PrAuc,
    ];

    public static string Render(SweepInput input, SweepSummary summary)
    {
        List<ModelIntervals> models = [.. summary.Models];
        // The vote of one network is that network with its probabilities thrown away.
        if (summary.Models.Count > 1)
            models.Add(summary.MajorityVote);
        string title = "Confidence intervals over random splits";
        Html html = HtmlPage.Open(
            title,
            Html.Encode(
                $"{input.Splits} splits by patient x {input.Bootstraps} resamples = "
                    + $"{input.Splits * input.Bootstraps} values per metric and network"
            ),
            input.Caution
        );
        Results(html, input, summary, models);
        Intervals(html, input, models);
        html.Heading("Figures").Figures(MetricValues.Kinds.Select(kind => Draw(kind, models)));
        Differences(html, summary);
        Splits(html, summary);
        Methods(html, input, summary);
        return HtmlPage.Close(html);
    }

    private static void Results(Html html, SweepInput input, SweepSummary summary, List<ModelIntervals> models)
    {
        int[] sizes = [.. summary.PerSplit.DistinctBy(s => s.Split).Select(s => s.Metrics.N)];
        html.Heading("Results")
            .Paragraph(
                $"{Numbers.Count(summary.Models.Count, "network")} trained on {Numbers.Count(input.Splits, "random split")} "
                    + $"by patient and measured on the {Range(sizes)} held-out images of each."
            );
        foreach (ModelIntervals model in models)
            html.Paragraph(
                $"{Sentence(model.Model)}: ROC AUC {MetricText.Sentence(model[MetricKind.RocAuc])}, PR AUC {MetricText.Sentence(model[MetricKind.PrAuc])}; "
                    + $"accuracy {MetricText.Sentence(model[MetricKind.Accuracy])}, sensitivity "
                    + $"{MetricText.Sentence(model[MetricKind.Sensitivity])}, specificity {MetricText.Sentence(model[MetricKind.Specificity])}."
            );
    }

    private static void Intervals(Html html, SweepInput input, List<ModelIntervals> models)
    {
        var paper = MetricValues.Kinds.Select(kind =>
            PaperResults.Intervals.TryGetValue(kind, out var i)
                ? $"{i.Estimate:0.00#}\n({i.Lower:0.00}–{i.Upper:0.00})"
                : "not given"
        );
        html.Heading("Intervals")
            .Table(
                $"Mean (95 % interval) over {input.Splits * input.Bootstraps} values at threshold {input.Threshold:0.###}. "
                    + $"The last row is {PaperResults.Name}, on other patients: for orientation, not comparison.",
                ["network", .. MetricValues.Kinds.Select(MetricText.NameOf)],
                models
                    .Select(
                        IReadOnlyList<string> (m) =>
                            [m.Model, .. MetricValues.Kinds.Select(kind => MetricText.Interval(m[kind]))]
                    )
                    .Append([PaperResults.Name, .. paper])
            );
        var undefined = models
            .SelectMany(m => MetricValues.Kinds.Select(kind => (m.Model, kind, Values: m[kind].Values)))
            .Select(m => (m.Model, m.kind, Missing: m.Values.Count(value => value is null)))
            .Where(m => m.Missing > 0)
            .Select(m => $"{MetricText.NameOf(m.kind)} of {m.Model} in {m.Missing}");
        string sentence = string.Join(", ", undefined);
        if (sentence.Length > 0)
            html.Paragraph($"Resamples that do not define a metric are left out of its interval: {sentence}.");
    }

    private static ReportFigure Draw(MetricKind kind, List<ModelIntervals> models)
    {
        (double, double)? paper = PaperResults.Intervals.TryGetValue(kind, out var i) ? (i.Lower, i.Upper) : null;
        string name = MetricText.NameOf(kind);
        var words = models.Select(m => $"{m.Model} {MetricText.Sentence(m[kind])}");
        return new ReportFigure(
            $"{MetricValues.NameOf(kind)}.png",
            IntervalPlot.Render(name, [.. models.Select(m => (m.Model, m[kind]))], paper, PaperResults.Name),
            $"Interval plot of {name}: {string.Join("; ", words)}.",
            $"{Sentence(name)}: density of the resampled values, 95 % interval (line) and mean (dot)"
                + (paper is null ? "." : "; the band is the paper's interval.")
        );
    }

    private static void Differences(Html html, SweepSummary summary)
    {
        if (summary.Models.Count < 2)
            return;
        var pairs = summary.Differences.GroupBy(d => (d.First, d.Second));
        html.Heading("Differences between networks")
            .Table(
                "First minus second on the same resamples: mean (95 % interval). A star marks an interval without 0.",
                ["pair", .. MetricValues.Kinds.Select(MetricText.NameOf)],
                pairs.Select(
                    IReadOnlyList<string> (pair) =>
                        [
                            $"{pair.Key.First} − {pair.Key.Second}",
                            .. pair.Select(d => MetricText.Difference(d.Difference) + (d.Distinct ? " *" : "")),
                        ]
                )
            )
            .Paragraph(
                "Resamples of one split share its training set, so these intervals describe the networks as trained here; "
                    + $"{pairs.Count() * MetricValues.Kinds.Count} intervals are shown, of which one in twenty would leave "
                    + "out 0 by chance."
            );
    }

    private static void Splits(Html html, SweepSummary summary) =>
        html.Heading("Splits")
            .Table(
                "Every network on the held-out images of every split, not resampled",
                ["network", "split", "images", "positive", .. PerSplitKinds.Select(MetricText.NameOf)],
                summary.PerSplit.Select(
                    IReadOnlyList<string> (s) =>
                        [
                            s.Model,
                            $"{s.Split}",
                            $"{s.Metrics.N}",
                            $"{s.Metrics.Positives}",
                            .. PerSplitKinds.Select(kind => Numbers.Decimal(s.Metrics.Values[kind])),
                        ]
                )
            );

    private static void Methods(Html html, SweepInput input, SweepSummary summary)
    {
        html.Heading("Methods")
            .Paragraph(
                $"Each split's held-out images are drawn {input.Bootstraps} times with replacement (seed {input.Seed}), the "
                    + "same draws for every network. Intervals run from the 2.5th to the 97.5th percentile, linearly "
                    + $"interpolated. An image is called positive when its probability is at least {input.Threshold:0.###}. "
                    + "The majority vote is positive when at least half of the networks are; its areas and Brier score are "
                    + "those of the share of networks that vote positive. "
                    + "ROC AUC counts ties half; PR AUC is the average precision without interpolation."
            );
        if (summary.Models.Count == 1)
            html.Paragraph("With one network the majority vote is the network itself and is left out of this page.");
        if (input.Provenance.Count > 0)
            html.Table(
                "How the sweep was made",
                ["what", "value"],
                input.Provenance.Select(IReadOnlyList<string> (line) => [line.Name, line.Value]),
                textColumns: 2
            );
        html.Heading("Limitations")
            .Paragraph(
                "Images of one patient are drawn as if they were independent; where patients have several "
                    + "images, the intervals are narrower than they should be. Splits overlap in their patients, so the values "
                    + "are not independent. Intervals say nothing of other hospitals, machines or labels."
            )
            .Paragraph("Beside this page: sweep.json.");
    }

    private static string Range(int[] sizes) =>
        sizes.Min() == sizes.Max() ? $"{sizes[0]}" : $"{sizes.Min()} to {sizes.Max()}";

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
