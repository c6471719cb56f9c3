using System.CommandLine;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Commands;

/// <summary>A command that does something, as opposed to a group of commands.</summary>
internal abstract class LeafCommand : CxrCommand
{
    /// <inheritdoc cref="CxrCommand(string, string, string[])"/>
    protected LeafCommand(CliContext context, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Context = context;
        SetAction(RunAsync);
    }

    /// <summary>The world outside the command line.</summary>
    protected CliContext Context { get; }

    /// <summary>Where it writes.</summary>
    protected CliTerminal Terminal => Context.Terminal;

    /// <summary>Does the work and returns one of <see cref="ExitCodes"/>.</summary>
    /// <exception cref="CommandException">It cannot be done; the message says why.</exception>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken);
}
