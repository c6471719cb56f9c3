namespace CxrCluster.Cli.Terminal;

/// <summary>Ends a command with a sentence (what, cause, remedy) and an exit code.</summary>
internal sealed class CommandException(int exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line asks for something that cannot be.</summary>
    public static CommandException WrongUsage(string sentence) => new(ExitCodes.WrongUsage, sentence);

    /// <summary>The files given do not do.</summary>
    public static CommandException NothingDone(string sentence, Exception? cause = null) =>
        new(ExitCodes.NothingDone, sentence, cause);
}
