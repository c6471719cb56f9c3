using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Models;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr model push`.</summary>
internal sealed class ModelPushCommand : ClusterCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "Folder of the model bundle." };
    private readonly Option<bool> _activate = Take.Flag("--activate", "Makes it the model that scores by default.");

    public ModelPushCommand(CliContext context)
        : base(
            context,
            "push",
            "Sends a model bundle to the cluster; sending it again is harmless.",
            "cxr model push bundle --activate"
        )
    {
        Add(_bundle);
        Add(_activate);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        ModelBundle bundle = ModelBundle.Load(parsed.GetRequiredValue(_bundle));
        Context.HowToGoOn = "Run the command again to send the bundle.";
        Terminal.Note($"Sending {bundle.Manifest} ...");
        using var files = new MultipartFormDataContent();
        foreach (string file in ModelBundle.Files)
            files.Add(new StreamContent(File.OpenRead(Path.Combine(bundle.Folder, file))), "file", file);
        ModelView model = await cluster.PostAsync<ModelView>("models", files, cancellationToken);
        if (parsed.GetValue(_activate))
        {
            await cluster.PostAsync(ModelActivateCommand.PathFor(model.Id.ToString()), cancellationToken);
            model = model with { Active = true };
        }
        if (WantsJson(parsed))
            Terminal.ResultJson(model);
        else
            ModelTable.Write(Terminal, [model]);
        return ExitCodes.Done;
    }
}
