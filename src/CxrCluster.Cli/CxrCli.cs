using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli;

/// <summary>The command `cxr`, callable within a process.</summary>
public static class CxrCli
{
    private static readonly InvocationConfiguration Plain = new();

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Words after `cxr`.</param>
    /// <param name="output">Takes results only.</param>
    /// <param name="error">Takes progress and diagnostics.</param>
    /// <param name="traits">What the two can show.</param>
    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>0 done; 1 wrong usage or configuration; 2 nothing could be done with the input; 3 done, but some items
    /// failed; 4 cluster not reachable; 130 interrupted.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error,
        TerminalTraits traits,
        Func<string, string?> variable,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var context = new CliContext(new CliTerminal(output, error, traits, time), variable, time);
        ParseResult parsed = CxrRootCommand.Create(context).Parse(args);
        if (parsed.Action is ParseErrorAction)
            return ReportUsage(parsed, context.Terminal);
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Program turns signals into the token's cancellation
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception exception)
        {
            return Failures.Report(exception, context, cancellationToken);
        }
    }

    private static int ReportUsage(ParseResult parsed, CliTerminal terminal)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "cxr" : at.Command.Name);
        foreach (string sentence in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
            terminal.Error(sentence);
        terminal.Note($"See '{string.Join(' ', names)} --help'.");
        return ExitCodes.WrongUsage;
    }
}
