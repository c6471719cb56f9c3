using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Grains.Placement;

namespace CxrCluster.Cli.Scoring;

/// <summary>Options of the commands that score in this process.</summary>
internal sealed class ScoringOptionSet
{
    private const string Auto = "auto";

    private readonly Option<string?> _data = DataFolder.Option();

    private readonly Option<string> _precision = Take.OneOf(
        "--precision",
        "Arithmetic of the networks; auto takes bfloat16 where the processor has it. Scores of a precision asked for are kept apart.",
        Auto,
        Auto,
        "float32",
        "bfloat16"
    );

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_precision);
    }

    /// <summary>Starts the cluster that the options ask for.</summary>
    public Task<EmbeddedCluster> StartAsync(CliContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string precision = parsed.GetRequiredValue(_precision);
        return EmbeddedCluster.StartAsync(
            context,
            Folder(context, parsed, precision),
            Settings(precision),
            cancellationToken
        );
    }

    /// <summary>No gateway: nobody is to be served.</summary>
    private static Dictionary<string, string?> Settings(string precision) =>
        new(StringComparer.Ordinal)
        {
            ["Inference:Precision"] = precision,
            ["Node:Roles:0"] = NodeRoles.Preprocess,
            ["Node:Roles:1"] = NodeRoles.Inference,
            ["Node:Roles:2"] = NodeRoles.Index,
            ["Node:Roles:3"] = NodeRoles.Jobs,
        };

    /// <summary>A result is kept by content and model, so what was computed otherwise must lie elsewhere.</summary>
    private string Folder(CliContext context, ParseResult parsed, string precision)
    {
        string folder = DataFolder.Of(context, parsed.GetValue(_data));
        return precision == Auto ? folder : Path.Combine(folder, precision);
    }
}
