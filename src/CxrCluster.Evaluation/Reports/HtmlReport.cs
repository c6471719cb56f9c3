namespace CxrCluster.Evaluation.Reports;

/// <summary>report.html: reads like the results section of a paper and opens without a network.</summary>
internal static class HtmlReport
{
    public static string Render(EvaluationInput input, EvaluationResult result, IReadOnlyList<ReportFigure> figures)
    {
        Html html = HtmlPage.Open(
            input.Title,
            $"Model <code>{Html.Encode(input.Model)}</code>, {input.Time.GetUtcNow():yyyy-MM-dd HH:mm} UTC",
            input.Caution
        );
        ConfoundSection.Warn(html, input);
        CohortSection.Write(html, input);
        PerformanceSection.Write(html, input, result, figures);
        SubgroupSection.Write(html, result);
        NeighbourSection.Write(html, input, result, figures);
        HardCaseSection.Write(html, input, result);
        ConfoundSection.Write(html, input);
        CohortSection.Unscored(html, input.Unscored);
        MethodsSection.Write(html, input, figures);
        return HtmlPage.Close(html);
    }
}
