using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CxrCluster.Imaging.Cohorts;

/// <summary>Reads and writes <c>manifest.csv</c>: RFC 4180, UTF-8, a header line, one image per line.</summary>
public static class CohortManifest
{
    /// <summary>The manifest's usual file name.</summary>
    public const string FileName = "manifest.csv";

    /// <summary>Reads all rows, in file order.</summary>
    /// <param name="csvPath">The manifest.</param>
    /// <param name="onRepeated">
    /// Told of every row that lists an image again with the same label, and why it is left out; null refuses such a manifest.
    /// </param>
    /// <exception cref="InvalidManifestException">The file is missing, malformed, or a row is wrong; names file and line.</exception>
    public static IReadOnlyList<CohortRow> Read(string csvPath, Action<CohortRow, string>? onRepeated = null)
    {
        using var text = OpenText(csvPath);
        return ManifestReader.Read(text, csvPath, onRepeated);
    }

    /// <summary>Writes all rows, replacing the file in one step.</summary>
    public static void Write(string csvPath, IReadOnlyList<CohortRow> rows)
    {
        var unfinished = $"{csvPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var text = new StreamWriter(unfinished))
            using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
            {
                WriteRows(csv, rows);
            }

            File.Move(unfinished, csvPath, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>The rows whose image is not in <paramref name="imagesFolder"/>, in order.</summary>
    public static IReadOnlyList<CohortRow> FindMissing(IEnumerable<CohortRow> rows, string imagesFolder) =>
        [.. rows.Where(row => !File.Exists(Path.Combine(imagesFolder, row.Image)))];

    private static void WriteRows(CsvWriter csv, IReadOnlyList<CohortRow> rows)
    {
        var others = rows.SelectMany(row => row.Other.Keys).Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in ManifestColumns.All.Concat(others))
        {
            csv.WriteField(name);
        }

        csv.NextRecord();
        foreach (var row in rows)
        {
            foreach (var value in ManifestColumns.ValuesOf(row).Concat(others.Select(row.Other.GetValueOrDefault)))
            {
                csv.WriteField(value);
            }

            csv.NextRecord();
        }
    }

    private static StreamReader OpenText(string csvPath)
    {
        try
        {
            return new StreamReader(csvPath, ManifestReader.StrictUtf8);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidManifestException($"{csvPath} does not exist; name the cohort's {FileName}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidManifestException(
                $"{csvPath} cannot be opened: {e.Message} Name a {FileName} that may be read.",
                e
            );
        }
    }
}
