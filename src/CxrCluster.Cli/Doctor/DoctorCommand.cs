using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Serving;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Doctor;

/// <summary>`cxr doctor`: does everything work here?</summary>
internal sealed class DoctorCommand : LeafCommand
{
    private readonly Option<string?> _config = Take.Text(
        "--config",
        "FILE",
        "A node's configuration, to try what it names."
    );
    private readonly Option<string?> _data = DataFolder.Option();
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per check.");

    public DoctorCommand(CliContext context)
        : base(
            context,
            "doctor",
            "Checks native libraries, DICOM decoder, processor, devices, storage and cluster; says what to install or change.",
            "cxr doctor",
            "cxr doctor --config node.json --json"
        )
    {
        Add(_config);
        Add(_data);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool json = parsed.GetValue(_json);
        string? config = parsed.GetValue(_config);
        bool failed = false;
        await foreach (CheckResult result in CheckAsync(config, parsed.GetValue(_data), cancellationToken))
        {
            failed |= result.Status == CheckStatus.Fail;
            if (json)
                Terminal.ResultJson(result);
            else
                Terminal.Result(
                    $"{result.Status.ToString().ToLowerInvariant(), -4}  {result.Check, -9}  {result.Detail}"
                );
        }
        return failed ? ExitCodes.WrongUsage : ExitCodes.Done;
    }

    private async IAsyncEnumerable<CheckResult> CheckAsync(
        string? config,
        string? data,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var configuration = NodeConfiguration.Read(config, roles: null);
        yield return NativeLibraries.Torch();
        yield return NativeLibraries.OpenCv();
        yield return NativeLibraries.Plots();
        yield return await Decoder.CheckAsync(configuration, Context.Time, cancellationToken);
        yield return Machine.Processor();
        yield return Machine.Devices();
        yield return Machine.Memory();

        // Without a folder of data yet, a temporary one beside its place shows the same, and nothing is left behind.
        string folder = configuration["Node:DataFolder"] ?? DataFolder.Of(Context, data);
        using var trial = new TrialFolder(folder);
        var engines = new Engines(configuration, trial.Folder);
        yield return trial.Problem ?? await engines.StorageAsync(cancellationToken);
        yield return Machine.Disk(trial.Existing);
        yield return await engines.MembershipAsync();
        if (Context.Variable("CXR_URL") is { Length: > 0 } url)
            yield return await Engines.GatewayAsync(url, cancellationToken);
    }
}
