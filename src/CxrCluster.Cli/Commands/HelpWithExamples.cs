using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CxrCluster.Cli.Commands;

/// <summary>The usual help, then the command's examples.</summary>
/// <param name="usual">Writes all but the examples.</param>
/// <param name="first">Examples of the root command.</param>
internal sealed class HelpWithExamples(HelpAction usual, IReadOnlyList<string> first) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is CxrCommand c ? c.Examples : first;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        return code;
    }
}
