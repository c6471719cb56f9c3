using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Jobs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr job watch`.</summary>
internal sealed class JobWatchCommand : ClusterCommand
{
    private readonly Argument<string> _job = JobArgument.Create();

    public JobWatchCommand(CliContext context)
        : base(
            context,
            "watch",
            "Shows a job's progress until it ends; returns 3 when some images failed.",
            "cxr job watch 20260102-030405-0a1b2c3d"
        ) => Add(_job);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        JobView job = await JobWatching.WatchAsync(Context, cluster, parsed.GetRequiredValue(_job), cancellationToken);
        if (WantsJson(parsed))
            Terminal.ResultJson(job);
        else
            JobTable.Write(Terminal, job);
        return JobWatching.ExitCode(job);
    }
}
