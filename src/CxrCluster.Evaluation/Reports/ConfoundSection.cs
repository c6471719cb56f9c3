using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Evaluation.Reports;

/// <summary>What the probe for confounders found.</summary>
internal static class ConfoundSection
{
    /// <summary>A box on top of the page when the class can be told from outside the lungs.</summary>
    public static void Warn(Html html, EvaluationInput input)
    {
        if (input.Confounds is not { Warnings.Count: > 0 } confounds)
            return;
        html.Raw(
                """<div class="caution" role="note"><p><b>Confounded.</b> The class can be told from outside the lungs:</p>"""
            )
            .List(confounds.Warnings)
            .Paragraph(
                "The numbers below may measure where an image comes from rather than the disease. See the section "
                    + "“Confounders”."
            )
            .Raw("</div>");
    }

    public static void Write(Html html, EvaluationInput input)
    {
        if (input.Confounds is not { } confounds)
            return;
        html.Heading("Confounders")
            .Paragraph(
                "A classifier can score high without looking at the lungs when something else goes with the class: another "
                    + "hospital, another device, a marker in the corner. Probes tell the class, the hospital and the source "
                    + "from where the disease is not."
            )
            .Paragraph(
                confounds.Warnings.Count == 0
                    ? "No sign was found that the class can be told from outside the lungs."
                    : string.Join(' ', confounds.Warnings)
            )
            .Table(
                $"ROC AUC of the probes: 0.5 is guessing. “Told”: the whole 95 % interval is above {ProbeResult.Level:0.00}; "
                    + $"“not told”: it is below {ProbeResult.Harmless:0.00}. Hospital and source are compared within one class.",
                ["what", "told from", "verdict", "kinds", "images", "patients", "ROC AUC", "95 % interval"],
                confounds.Probes.Select(
                    IReadOnlyList<string> (p) =>
                        [
                            p.Target,
                            p.From,
                            p.Reason is null ? p.Verdict : $"undefined: {p.Reason}",
                            p.Reason is null ? $"{p.Values}" : "",
                            p.Reason is null ? $"{p.Images}" : "",
                            p.Reason is null ? $"{p.Patients}" : "",
                            Numbers.Decimal(p.Auc),
                            p.Lower is null ? "" : $"{Numbers.Decimal(p.Lower)}–{Numbers.Decimal(p.Upper)}",
                        ]
                ),
                textColumns: 3
            );
        if (confounds.Masked is { } masked)
            Masked(html, masked);
    }

    private static void Masked(Html html, MaskedScore masked)
    {
        if (masked.Images == 0)
        {
            html.Paragraph("The segmenter finds no lung in any picture, so that none could be masked out.");
            return;
        }
        html.Paragraph(
            $"With the lungs masked out ({Numbers.Percent(masked.MeanShare)} % of the picture on average), the classifier has "
                + $"a ROC AUC of {MetricText.Sentence(masked.MaskedAuc, masked.Masked.Lower, masked.Masked.Upper)} on "
                + $"{Numbers.Count(masked.Images, "image")}; on the same whole pictures "
                + $"{MetricText.Sentence(masked.FullAuc, masked.Full.Lower, masked.Full.Upper)}. The lungs are worth "
                + $"{MetricText.Sentence(masked.FullAuc - masked.MaskedAuc, masked.Loss.Lower, masked.Loss.Upper)}."
                + (masked.NoLung > 0 ? $" In {Numbers.Count(masked.NoLung, "picture")} no lung was found." : "")
        );
    }
}
