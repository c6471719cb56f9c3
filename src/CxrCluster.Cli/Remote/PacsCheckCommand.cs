using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Pacs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr pacs check`.</summary>
internal sealed class PacsCheckCommand : ClusterCommand
{
    private readonly Argument<string[]> _hospitals = PacsTable.Hospitals();

    public PacsCheckCommand(CliContext context)
        : base(
            context,
            "check",
            "Asks PACSs something, from the nodes that look after them; returns 3 when some cannot be used, 2 when none can.",
            "cxr pacs check north"
        ) => Add(_hospitals);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        int good = 0;
        IReadOnlyList<string> hospitals = await PacsTable.OrAllAsync(
            cluster,
            parsed.GetValue(_hospitals),
            cancellationToken
        );
        foreach (string hospital in hospitals)
        {
            PacsCheckReply reply = await cluster.PostAsync<PacsCheckReply>(
                $"pacs/{Uri.EscapeDataString(hospital)}:check",
                content: null,
                cancellationToken
            );
            good += reply.Ok ? 1 : 0;
            if (WantsJson(parsed))
                Terminal.ResultJson(reply);
            else
                Terminal.Result(reply.Ok ? $"{hospital}: it answers" : $"{hospital}: {reply.Fault}");
        }
        return good == hospitals.Count ? ExitCodes.Done
            : good > 0 ? ExitCodes.SomeFailed
            : ExitCodes.NothingDone;
    }
}
