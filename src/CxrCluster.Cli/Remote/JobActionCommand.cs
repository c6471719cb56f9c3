using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Jobs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr job show`, `pause`, `resume`, `cancel` and `retry`: one call about one job, answered by its state.</summary>
internal sealed class JobActionCommand : ClusterCommand
{
    private readonly Argument<string> _job = JobArgument.Create();
    private readonly HttpMethod _method;
    private readonly string _suffix;

    private JobActionCommand(CliContext context, string name, string description, HttpMethod method, string suffix)
        : base(context, name, description, $"cxr job {name} 20260102-030405-0a1b2c3d")
    {
        (_method, _suffix) = (method, suffix);
        Add(_job);
    }

    /// <summary>`cxr job show`.</summary>
    public static JobActionCommand Show(CliContext context) =>
        new(context, "show", "Shows a job, a line per hospital.", HttpMethod.Get, "");

    /// <summary>`cxr job cancel`.</summary>
    public static JobActionCommand Cancel(CliContext context) =>
        new(context, "cancel", "Stops a job; what was scored stays scored.", HttpMethod.Post, ":cancel");

    /// <summary>`cxr job pause`.</summary>
    public static JobActionCommand Pause(CliContext context) =>
        new(context, "pause", "Halts a job until it is resumed.", HttpMethod.Post, ":pause");

    /// <summary>`cxr job resume`.</summary>
    public static JobActionCommand Resume(CliContext context) =>
        new(context, "resume", "Lets a paused job go on.", HttpMethod.Post, ":resume");

    /// <summary>`cxr job retry`.</summary>
    public static JobActionCommand Retry(CliContext context) =>
        new(context, "retry", "Takes up a job's failed images again.", HttpMethod.Post, ":retry");

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        string path = JobArgument.Path(parsed.GetRequiredValue(_job)) + _suffix;
        JobView job =
            _method == HttpMethod.Get
                ? await cluster.GetAsync<JobView>(path, cancellationToken)
                : await cluster.PostAsync<JobView>(path, content: null, cancellationToken);
        if (WantsJson(parsed))
            Terminal.ResultJson(job);
        else
            JobTable.Write(Terminal, job);
        return ExitCodes.Done;
    }
}
