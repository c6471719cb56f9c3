using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Node;
using Microsoft.Extensions.Configuration;

namespace CxrCluster.Cli.Serving;

/// <summary>`cxr serve`: a node, until it is told to stop.</summary>
internal sealed class ServeCommand : LeafCommand
{
    private readonly Option<string?> _roles = Take.Text(
        "--roles",
        "R,..",
        "Any of gateway,preprocess,inference,index,jobs,training; all by default."
    );
    private readonly Option<string?> _config = Take.Text(
        "--config",
        "FILE",
        "JSON with the sections Node, Cluster, Catalogue, Blobs, Inference, Scoring, Gateway; variables as CXR_Node__Url win over it."
    );
    private readonly Option<string?> _data = DataFolder.Option();
    private readonly Option<bool> _json = Take.Flag("--json", "Address and token as one JSON object.");

    public ServeCommand(CliContext context)
        : base(
            context,
            "serve",
            "Runs a node: alone it is a whole cluster over one data folder; with Cluster:Provider=Redis it joins others.",
            "cxr serve",
            "cxr serve --roles inference --config node.json"
        )
    {
        Add(_roles);
        Add(_config);
        Add(_data);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IConfiguration configuration = NodeConfiguration.Read(parsed.GetValue(_config), parsed.GetValue(_roles));
        string folder = configuration["Node:DataFolder"] ?? DataFolder.Of(Context, parsed.GetValue(_data));
        await using RunningNode running = await RunningNode.StartAsync(configuration, folder, cancellationToken);
        Announce(running.Node, parsed.GetValue(_json));
        using CancellationTokenRegistration _ = cancellationToken.Register(() => Terminal.Note("Stopping ..."));
        await running.Node.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }

    private void Announce(CxrNode node, bool json)
    {
        if (json)
        {
            Terminal.ResultJson(new ServingLine(node.Url, node.SignInLink, node.Token));
            return;
        }
        Terminal.Result($"Listening on {node.Url}");
        if (node.SignInLink is not null)
            Terminal.Result($"Sign in once with {node.SignInLink}");
        if (node.Token is not null)
            Terminal.Result($"Token of the API: {node.Token}");
        Terminal.Note("Ctrl-C stops it.");
    }
}
