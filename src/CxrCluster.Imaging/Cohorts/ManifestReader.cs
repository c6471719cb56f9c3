using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace CxrCluster.Imaging.Cohorts;

/// <summary>Turns CSV text into rows; every failure names the file and, where there is one, the line.</summary>
internal sealed class ManifestReader
{
    private readonly CsvParser _parser;
    private readonly string _file;
    private readonly string[] _header;
    private readonly Dictionary<string, int> _columns;

    private ManifestReader(CsvParser parser, string file)
    {
        _parser = parser;
        _file = file;
        if (!parser.Read())
        {
            throw new InvalidManifestException($"{file} is empty; write a header line and one line per image.");
        }

        _header = [.. parser.Record!.Select(name => name.Trim())];
        _columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _header.Length; i++)
        {
            if (!_columns.TryAdd(_header[i], i))
            {
                throw Fault(1, $"names the column '{_header[i]}' twice", "rename or remove one");
            }
        }

        var missing = ManifestColumns.Required.Where(name => !_columns.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw Fault(
                1,
                $"has no column {string.Join(", ", missing)}",
                $"the header must name {string.Join(", ", ManifestColumns.Required)}"
            );
        }
    }

    /// <summary>UTF-8 that fails on other bytes, so that a file in another encoding is not read as garbage.</summary>
    public static Encoding StrictUtf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>All rows of the text.</summary>
    public static IReadOnlyList<CohortRow> Read(TextReader text, string file, Action<CohortRow, string>? onRepeated)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            IgnoreBlankLines = true,
        };
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        try
        {
            return new ManifestReader(parser, file).ReadRows(onRepeated);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidManifestException($"{file} is not UTF-8 text; save it as CSV in UTF-8.", e);
        }
    }

    private List<CohortRow> ReadRows(Action<CohortRow, string>? onRepeated)
    {
        var rows = new List<CohortRow>();
        var firstOfImage = new Dictionary<string, (int Line, int Label)>(StringComparer.Ordinal);
        var line = _parser.RawRow + 1;
        while (_parser.Read())
        {
            var row = ParseRow(line, _parser.Record!);
            if (firstOfImage.TryAdd(row.Image, (line, row.Label)))
            {
                rows.Add(row);
            }
            else
            {
                var first = firstOfImage[row.Image];
                var fault = Fault(line, $"lists image '{row.Image}' again after line {first.Line}", "keep one of them");
                if (onRepeated is null || row.Label != first.Label)
                {
                    throw fault;
                }

                onRepeated(row, $"{fault.Message} The first was used.");
            }

            // A quoted field may span lines: the next record starts after the last line of this one.
            line = _parser.RawRow + 1;
        }

        return rows.Count > 0
            ? rows
            : throw new InvalidManifestException($"{_file} has a header but no images; add one line per image.");
    }

    private CohortRow ParseRow(int line, string[] fields)
    {
        if (fields.Length != _header.Length)
        {
            throw Fault(
                line,
                $"has {fields.Length} fields where the header has {_header.Length}",
                "check its commas and quotes"
            );
        }

        return new CohortRow
        {
            Image = ImageOf(line, fields),
            Hospital = RequiredValue(line, fields, ManifestColumns.Hospital),
            PatientId = RequiredValue(line, fields, ManifestColumns.PatientId),
            Label = RequiredValue(line, fields, ManifestColumns.Label) switch
            {
                "0" => 0,
                "1" => 1,
                var other => throw Fault(line, $"has label '{other}'", "use 1 for COVID-19 and 0 for everything else"),
            },
            Finding = OptionalValue(fields, ManifestColumns.Finding),
            View = OptionalValue(fields, ManifestColumns.View),
            Sex = OptionalValue(fields, ManifestColumns.Sex),
            Age = OptionalValue(fields, ManifestColumns.Age),
            Source = OptionalValue(fields, ManifestColumns.Source),
            Licence = OptionalValue(fields, ManifestColumns.Licence),
            Other = _header
                .Zip(fields)
                .Where(pair => !ManifestColumns.All.Contains(pair.First, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
        };
    }

    private string ImageOf(int line, string[] fields)
    {
        var image = RequiredValue(line, fields, ManifestColumns.Image);
        // A manifest from elsewhere must not reach files outside the images folder.
        return Path.IsPathRooted(image) || image.Split('/', '\\').Contains("..", StringComparer.Ordinal)
            ? throw Fault(line, $"has image '{image}'", "use a path inside the images folder")
            : image;
    }

    private string RequiredValue(int line, string[] fields, string column) =>
        OptionalValue(fields, column) ?? throw Fault(line, $"has no {column}", "fill it in");

    private string? OptionalValue(string[] fields, string column) =>
        _columns.TryGetValue(column, out var i) && fields[i].Trim() is { Length: > 0 } value ? value : null;

    private InvalidManifestException Fault(int line, string what, string remedy) =>
        new($"{_file} line {line} {what}; {remedy}.");
}
