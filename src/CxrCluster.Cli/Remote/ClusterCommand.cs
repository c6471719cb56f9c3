using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Remote;

/// <summary>A command that asks a running cluster.</summary>
internal abstract class ClusterCommand : LeafCommand
{
    private readonly ClusterOptionSet _cluster = new();
    private readonly Option<bool> _json = Take.Flag("--json", "One JSON object per line.");

    /// <inheritdoc cref="CxrCommand(string, string, string[])"/>
    protected ClusterCommand(CliContext context, string name, string description, params string[] examples)
        : base(context, name, description, examples)
    {
        _cluster.AddTo(this);
        Add(_json);
    }

    /// <summary>Whether the result is to be JSON Lines.</summary>
    protected bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Asks.</summary>
    protected abstract Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    );

    /// <inheritdoc />
    protected sealed override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Context.HowToGoOn = "The cluster goes on by itself.";
        using ClusterClient cluster = _cluster.Connect(Context, parsed);
        return await RunAsync(cluster, parsed, cancellationToken);
    }
}
