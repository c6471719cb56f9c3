using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Jobs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr job list`.</summary>
internal sealed class JobListCommand(CliContext context)
    : ClusterCommand(context, "list", "Lists scoring jobs, newest first.", "cxr job list --url http://127.0.0.1:8080")
{
    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        List<JobView> jobs = await cluster.GetAsync<List<JobView>>("jobs", cancellationToken);
        if (WantsJson(parsed))
            jobs.ForEach(Terminal.ResultJson);
        else if (jobs.Count == 0)
            Terminal.Note("There are no jobs yet: start one with 'cxr job submit'.");
        else
            JobTable.WriteList(Terminal, jobs);
        return ExitCodes.Done;
    }
}
