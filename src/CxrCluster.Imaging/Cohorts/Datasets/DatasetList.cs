using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>Reads a dataset's list of images: CSV with a header, columns in any order, unknown ones ignored.</summary>
internal static class DatasetList
{
    /// <summary>Turns every row into one of the cohort, or into the reason why it is none.</summary>
    /// <param name="path">The list.</param>
    /// <param name="required">Columns it must have.</param>
    /// <param name="convert">
    /// Gets a function from column to trimmed value (null when empty or absent); gives the row, or a reason to skip it and
    /// the image's name.
    /// </param>
    /// <exception cref="InvalidManifestException">The list is missing, no text, or lacks a column.</exception>
    public static ImportedCohort Read(
        string path,
        IReadOnlyList<string> required,
        Func<Func<string, string?>, (CohortRow? Row, string Image, string Reason)> convert
    )
    {
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture) { BadDataFound = null };
        try
        {
            using StreamReader text = new(path, ManifestReader.StrictUtf8);
            using CsvParser parser = new(text, configuration);
            string[] header = parser.Read() ? [.. parser.Record!.Select(name => name.Trim())] : [];
            if (
                required.Where(name => !header.Contains(name, StringComparer.Ordinal)).ToList() is { Count: > 0 } absent
            )
                throw new InvalidManifestException(
                    $"{path} has no column {string.Join(", ", absent)}; give the list as the dataset publishes it."
                );
            return Convert(parser, header, convert);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidManifestException($"{path} is not UTF-8 text; download it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidManifestException(
                $"{path} cannot be opened: {error.Message} Give the folder of the dataset.",
                error
            );
        }
    }

    private static ImportedCohort Convert(
        CsvParser parser,
        string[] header,
        Func<Func<string, string?>, (CohortRow? Row, string Image, string Reason)> convert
    )
    {
        List<CohortRow> rows = [];
        List<SkippedRow> skipped = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (parser.Read())
        {
            string[] fields = parser.Record!;
            string? value(string column) =>
                Array.IndexOf(header, column) is var i and >= 0
                && i < fields.Length
                && fields[i].Trim() is { Length: > 0 } text
                    ? text
                    : null;
            (CohortRow? row, string image, string reason) = convert(value);
            if (row is null)
                skipped.Add(new SkippedRow(parser.RawRow, image, reason));
            else if (!seen.Add(row.Image))
                skipped.Add(new SkippedRow(parser.RawRow, image, "the image is listed before"));
            else
                rows.Add(row);
        }
        return new ImportedCohort(rows, skipped);
    }
}
