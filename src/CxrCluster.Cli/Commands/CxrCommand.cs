using System.CommandLine;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Commands;

/// <summary>A command of `cxr`. Each shows an example in its help.</summary>
internal abstract class CxrCommand : Command
{
    /// <param name="name">The word on the command line.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="examples">Command lines that work.</param>
    protected CxrCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; }
}
