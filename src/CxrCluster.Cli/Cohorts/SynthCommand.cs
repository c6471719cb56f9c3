using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Synthesis;

namespace CxrCluster.Cli.Cohorts;

/// <summary>`cxr synth`: a synthetic cohort.</summary>
internal sealed class SynthCommand : LeafCommand
{
    private readonly Option<string> _out = Take.Required(
        "--out",
        "DIR",
        "Folder for images/, masks/ and manifest.csv."
    );
    private readonly Option<int> _patients = Take.Number("--patients", "Patients over all hospitals.", 120, 1, 100_000);
    private readonly Option<int> _hospitals = Take.Number("--hospitals", "Hospitals.", 4, 1, 16);
    private readonly Option<int> _seed = Take.Number("--seed", "Equal seeds give equal bytes.", 1, 0, int.MaxValue);
    private readonly Option<string> _format = Take.OneOf(
        "--format",
        "File format of the images.",
        "png",
        "png",
        "dicom"
    );
    private readonly Option<int> _side = Take.Number(
        "--side",
        "Long side of the largest images in pixels.",
        512,
        64,
        4096
    );

    public SynthCommand(CliContext context)
        : base(
            context,
            "synth",
            "Writes a synthetic cohort: chest phantoms of several hospitals with lung masks and a manifest.",
            "cxr synth --out cohort --patients 120 --seed 7"
        )
    {
        Add(_out);
        Add(_patients);
        Add(_hospitals);
        Add(_seed);
        Add(_format);
        Add(_side);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new SynthesisOptions
        {
            Patients = parsed.GetValue(_patients),
            Hospitals = parsed.GetValue(_hospitals),
            Seed = parsed.GetValue(_seed),
            Format = parsed.GetValue(_format) == "dicom" ? SynthesisFormat.Dicom : SynthesisFormat.Png,
            Side = parsed.GetValue(_side),
        };
        CohortSummary summary = await CohortWriting.WriteAsync(
            Terminal,
            parsed.GetRequiredValue(_out),
            options,
            cancellationToken
        );
        Terminal.Note(
            $"{summary.Images} images of {summary.Patients} patients in {summary.Hospitals.Count} hospitals, "
                + $"{summary.PositiveImages} of them positive; {summary.Laterals} laterals, {summary.Artifacts} with artifacts."
        );
        Terminal.Result(summary.ManifestPath);
        return ExitCodes.Done;
    }
}
