namespace CxrCluster.Cli.Terminal;

/// <summary>What a command has of the world outside the command line.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Variable">Reads an environment variable; null when it is not set.</param>
/// <param name="Time">The clock.</param>
internal sealed record CliContext(CliTerminal Terminal, Func<string, string?> Variable, TimeProvider Time)
{
    /// <summary>Whether stacks and logs are wanted: CXR_DEBUG=1.</summary>
    public bool Debug => string.Equals(Variable("CXR_DEBUG"), "1", StringComparison.Ordinal);

    /// <summary>What to do after Ctrl-C, in a sentence; a command sets it when there is something to go on with.</summary>
    public string? HowToGoOn { get; set; }
}
