using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Jobs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr job submit`.</summary>
internal sealed class JobSubmitCommand : ClusterCommand
{
    private readonly Option<string[]> _hospitals = new("--hospital")
    {
        Description = "Only this hospital's images; may be repeated. 'all' by default.",
        HelpName = "HOSPITAL",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _model = Take.Text("--model", "NAME@VERSION", "The active model by default.");
    private readonly Option<DateTimeOffset?> _from = Moment(
        "--from",
        "Over PACSs: the first study date. Over the ledger: only images received at or after."
    );
    private readonly Option<DateTimeOffset?> _to = Moment(
        "--to",
        "Over PACSs: the last study date. Over the ledger: only images received before."
    );
    private readonly Option<string> _over = Take.OneOf(
        "--over",
        "Images of the ledger, or everything that the hospitals' PACSs hold for the study dates. By default the PACSs, if both "
            + "dates are given as days and the hospitals have one.",
        "auto",
        "auto",
        "ledger",
        "pacs"
    );
    private readonly Option<bool> _watch = Take.Flag("--watch", "Shows the progress until the job ends.");

    public JobSubmitCommand(CliContext context)
        : base(
            context,
            "submit",
            "Starts to score images that the cluster has, or that the hospitals' PACSs have.",
            "cxr job submit --hospital north --hospital south --watch",
            "cxr job submit --hospital all --from 2020-03-01 --to 2020-04-30 --model cxr@0123456789abcdef"
        )
    {
        Add(_hospitals);
        Add(_model);
        Add(_from);
        Add(_to);
        Add(_over);
        Add(_watch);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        JobView job = await cluster.PostJsonAsync<JobView>("jobs", Request(parsed), cancellationToken);
        int code = ExitCodes.Done;
        if (parsed.GetValue(_watch))
        {
            Terminal.Note($"Job {job.Id}.");
            job = await JobWatching.WatchAsync(Context, cluster, job.Id.Value, cancellationToken);
            code = JobWatching.ExitCode(job);
        }
        if (WantsJson(parsed))
            Terminal.ResultJson(job);
        else if (parsed.GetValue(_watch))
            JobTable.Write(Terminal, job);
        else
            Terminal.Result(job.Id.Value);
        return code;
    }

    private JobRequest Request(ParseResult parsed)
    {
        try
        {
            string[] hospitals = [.. (parsed.GetValue(_hospitals) ?? []).Where(h => h != "all")];
            return new JobRequest(
                new HospitalSelection(hospitals.Length == 0 ? null : [.. hospitals.Select(h => new HospitalId(h))]),
                parsed.GetValue(_model) is { } model ? ModelId.Parse(model) : null,
                parsed.GetValue(_from),
                parsed.GetValue(_to),
                Enum.TryParse(parsed.GetValue(_over), ignoreCase: true, out JobScope over) ? over : null
            );
        }
        catch (FormatException exception)
        {
            throw CommandException.WrongUsage(exception.Message);
        }
    }

    private static Option<DateTimeOffset?> Moment(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (
                    DateTimeOffset.TryParse(
                        text,
                        null,
                        System.Globalization.DateTimeStyles.AssumeUniversal,
                        out var time
                    )
                )
                    return time;
                result.AddError($"{name} is '{text}': give a time such as 2026-01-31 or 2026-01-31T08:00:00Z.");
                return null;
            },
        };
}
