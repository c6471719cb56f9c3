using System.Net;
using System.Text;

namespace CxrCluster.Evaluation.Reports;

/// <summary>Builds the few HTML elements a report needs; every text is encoded here.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();
    private int tables;
    private int figures;

    public static string Encode(string plain) => WebUtility.HtmlEncode(plain);

    // A cell may have two lines.
    private static string Cell(string plain) => Encode(plain).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>Markup as it stands.</summary>
    public Html Raw(string markup)
    {
        text.Append(markup).Append('\n');
        return this;
    }

    public Html Heading(string plain) => Raw($"<h2>{Encode(plain)}</h2>");

    public Html Subheading(string plain) => Raw($"<h3>{Encode(plain)}</h3>");

    public Html Paragraph(string plain) => Raw($"<p>{Encode(plain)}</p>");

    public Html List(IEnumerable<string> items)
    {
        Raw("<ul>");
        foreach (string item in items)
            Raw($"<li>{Encode(item)}</li>");
        return Raw("</ul>");
    }

    /// <summary>A numbered table with a caption, column headers and a header in front of each row.</summary>
    /// <param name="textColumns">How many columns hold text, aligned left; the others hold numbers.</param>
    public Html Table(
        string caption,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows,
        int textColumns = 1
    )
    {
        // Focusable, because it scrolls sideways on narrow screens.
        Raw($"""<div class="table" role="region" tabindex="0" aria-label="{Encode(caption)}">""");
        Raw($"<table><caption><b>Table {++tables}.</b> {Encode(caption)}</caption><thead><tr>");
        for (int i = 0; i < columns.Count; i++)
            Raw($"""<th scope="col"{Class(i)}>{Encode(columns[i])}</th>""");
        Raw("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            Raw("<tr>");
            for (int i = 0; i < row.Count; i++)
                Raw(
                    i == 0 ? $"""<th scope="row"{Class(i)}>{Cell(row[i])}</th>""" : $"<td{Class(i)}>{Cell(row[i])}</td>"
                );
            Raw("</tr>");
        }
        return Raw("</tbody></table></div>");

        string Class(int column) => column < textColumns ? " class=\"text\"" : "";
    }

    /// <summary>A numbered picture inside the page.</summary>
    private Html Figure(ReportFigure figure) =>
        Raw(
            $"""
            <figure{(figure.Wide ? " class=\"wide\"" : "")}>
            <img alt="{Encode(figure.Alt)}" src="data:image/png;base64,{Convert.ToBase64String(figure.Png)}">
            <figcaption><b>Figure {++figures}.</b> {Encode(figure.Caption)}</figcaption>
            </figure>
            """
        );

    /// <summary>Pictures side by side where the page is wide enough.</summary>
    public Html Figures(IEnumerable<ReportFigure> pictures)
    {
        Raw("""<div class="figures">""");
        foreach (ReportFigure picture in pictures)
            Figure(picture);
        return Raw("</div>");
    }

    public override string ToString() => text.ToString();
}
