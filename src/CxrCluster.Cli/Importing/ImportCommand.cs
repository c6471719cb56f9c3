using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Cohorts.Datasets;

namespace CxrCluster.Cli.Importing;

/// <summary>`cxr import NAME`: a manifest of a public dataset, whose images stay where they are.</summary>
internal sealed class ImportCommand : LeafCommand
{
    private const int Named = 5;

    private readonly Func<string, string, ImportedCohort> _import;
    private readonly Argument<string> _folder = new("DIR") { Description = "The dataset as it was downloaded." };
    private readonly Option<string> _out = Take.Required("--out", "DIR|CSV", "The manifest, or a folder for it.");
    private readonly Option<string?> _root = Take.Text(
        "--root",
        "DIR",
        "Folder that image names are relative to (the --images of other commands); the dataset's own by default."
    );
    private readonly Option<bool> _append = Take.Flag("--append", "Adds to the rows that the manifest has.");
    private readonly Option<bool> _json = Take.Flag("--json", "The result as one JSON object.");

    private ImportCommand(
        CliContext context,
        string name,
        string description,
        Func<string, string, ImportedCohort> import
    )
        : base(context, name, description, $"cxr import {name} {name}/ --out manifest.csv")
    {
        _import = import;
        Add(_folder);
        Add(_out);
        Add(_root);
        Add(_append);
        Add(_json);
    }

    /// <summary>`cxr import covid-chestxray`.</summary>
    public static ImportCommand CovidChestXray(CliContext context) =>
        new(
            context,
            "covid-chestxray",
            "Lists the radiographs of the ieee8023 covid-chestxray-dataset; label 1 where the finding names COVID-19.",
            Imaging.Cohorts.Datasets.CovidChestXray.Import
        );

    /// <summary>`cxr import nih-chestxray14`.</summary>
    public static ImportCommand NihChestXray14(CliContext context) =>
        new(
            context,
            "nih-chestxray14",
            "Lists the radiographs of NIH's ChestX-ray14 that are there; label 0, as all were made before COVID-19.",
            Imaging.Cohorts.Datasets.NihChestXray14.Import
        );

    /// <inheritdoc />
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = parsed.GetRequiredValue(_folder);
        if (!Directory.Exists(folder))
            throw CommandException.NothingDone($"{folder}: no such folder. Give the folder of the dataset.");
        string manifest = ManifestPath(parsed.GetRequiredValue(_out));
        ImportedCohort cohort = _import(folder, parsed.GetValue(_root) ?? folder);
        IReadOnlyList<CohortRow> rows =
            parsed.GetValue(_append) && File.Exists(manifest)
                ? [.. CohortManifest.Read(manifest), .. cohort.Rows]
                : cohort.Rows;
        Explain(cohort.Skipped);
        if (cohort.Rows.Count == 0)
            throw CommandException.NothingDone(
                $"{folder}: no row came into the cohort. Check that the images lie in it as they were downloaded."
            );
        if (rows.CountBy(row => row.Image).FirstOrDefault(image => image.Value > 1) is { Key: { } twice })
            throw CommandException.NothingDone(
                $"{manifest} has the image {twice} already. Give another --root, or import without --append."
            );
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(manifest))!);
        CohortManifest.Write(manifest, rows);
        Show(new ImportLine(manifest, cohort), parsed.GetValue(_json));
        return Task.FromResult(
            cohort.Skipped.Any(row => row.Reason == SkippedRow.MissingFile) ? ExitCodes.SomeFailed : ExitCodes.Done
        );
    }

    private static string ManifestPath(string output) =>
        Directory.Exists(output) || !output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(output, CohortManifest.FileName)
            : output;

    /// <summary>One line per reason with the first images; --json has them all.</summary>
    private void Explain(IReadOnlyList<SkippedRow> skipped)
    {
        foreach (IGrouping<string, SkippedRow> reason in skipped.GroupBy(row => row.Reason, StringComparer.Ordinal))
        {
            string[] images = [.. reason.Select(row => $"{row.Image} (line {row.Line})")];
            string more = images.Length > Named ? $" and {images.Length - Named} more; --json names all" : "";
            Terminal.Warning(
                $"Left out because {reason.Key}, {images.Length} of the rows: {string.Join(", ", images.Take(Named))}{more}."
            );
        }
    }

    private void Show(ImportLine line, bool json)
    {
        Terminal.Note(
            $"{line.Images} images of {line.Patients} patients, {line.Positives} of them with COVID-19; {line.Skipped.Count} rows left out."
        );
        if (json)
            Terminal.ResultJson(line);
        else
            Terminal.Result(line.Manifest);
    }
}
