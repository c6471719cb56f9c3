using System.CommandLine;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr model activate`.</summary>
internal sealed class ModelActivateCommand : ClusterCommand
{
    private readonly Argument<string> _model = new("NAME@VERSION")
    {
        Description = "The model, from 'cxr model list'.",
    };

    public ModelActivateCommand(CliContext context)
        : base(
            context,
            "activate",
            "Makes a model the one that scores by default; its slots are warmed first.",
            "cxr model activate cxr@0123456789abcdef"
        ) => Add(_model);

    /// <summary>The call, below /api/v1/.</summary>
    public static string PathFor(string model) => $"models/{Uri.EscapeDataString(model)}:activate";

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        string model = parsed.GetRequiredValue(_model);
        await cluster.PostAsync(PathFor(model), cancellationToken);
        if (WantsJson(parsed))
            Terminal.ResultJson(new { Id = model, Active = true });
        else
            Terminal.Result($"{model} is active");
        return ExitCodes.Done;
    }
}
