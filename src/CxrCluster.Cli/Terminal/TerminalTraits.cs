namespace CxrCluster.Cli.Terminal;

/// <summary>What the two output streams can show.</summary>
/// <param name="OutputIsTerminal">Somebody reads stdout on a screen: tables may have colours.</param>
/// <param name="ErrorIsTerminal">Somebody reads stderr on a screen: progress is drawn as bars.</param>
/// <param name="Width">Columns of the screen.</param>
public sealed record TerminalTraits(bool OutputIsTerminal, bool ErrorIsTerminal, int Width)
{
    private const int UsualWidth = 80;

    /// <summary>Both streams go to files or pipes.</summary>
    public static TerminalTraits Redirected { get; } = new(false, false, UsualWidth);

    /// <summary>The traits of this process's console.</summary>
    public static TerminalTraits Detect()
    {
        bool screen = !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        bool error = screen && !Console.IsErrorRedirected;
        bool output = screen && !Console.IsOutputRedirected;
        int width = output || error ? Console.WindowWidth : 0;
        return new TerminalTraits(output, error, width > 0 ? width : UsualWidth);
    }
}
