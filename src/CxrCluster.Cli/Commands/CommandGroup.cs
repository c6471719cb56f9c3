using System.CommandLine;

namespace CxrCluster.Cli.Commands;

/// <summary>A word that only names what follows: `cxr train segmenter`.</summary>
internal sealed class CommandGroup : CxrCommand
{
    /// <param name="name">The word.</param>
    /// <param name="description">What its commands are about.</param>
    /// <param name="commands">What may follow it.</param>
    public CommandGroup(string name, string description, params IReadOnlyList<CxrCommand> commands)
        : base(name, description, [.. commands.SelectMany(c => c.Examples).Take(3)])
    {
        foreach (CxrCommand command in commands)
            Add(command);
    }
}
