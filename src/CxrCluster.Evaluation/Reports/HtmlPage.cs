namespace CxrCluster.Evaluation.Reports;

/// <summary>The frame of every report: one file that opens without a network, with its styles inside.</summary>
internal static class HtmlPage
{
    /// <summary>Head, title and caution; the content follows.</summary>
    /// <param name="meta">The line under the title, as markup.</param>
    /// <param name="caution">What the numbers do not show; null for nothing.</param>
    public static Html Open(string title, string meta, string? caution)
    {
        using var css = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        Html html = new Html().Raw(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Encode(title)}</title>
            <style>
            {css.ReadToEnd()}</style>
            </head>
            <body>
            <main>
            <h1>{Html.Encode(title)}</h1>
            <p class="meta">{meta}</p>
            """
        );
        return caution is null
            ? html
            : html.Raw($"""<p class="caution" role="note"><b>Caution.</b> {Html.Encode(caution)}</p>""");
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public static string Close(Html html) => html.Raw("</main>\n</body>\n</html>").ToString();
}
