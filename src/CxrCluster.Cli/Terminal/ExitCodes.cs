namespace CxrCluster.Cli.Terminal;

/// <summary>What the process returns; scripts of hospitals rely on these.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int WrongUsage = 1;

    /// <summary>Nothing could be done with the files given.</summary>
    public const int NothingDone = 2;

    /// <summary>Done, but some items failed.</summary>
    public const int SomeFailed = 3;

    /// <summary>The cluster did not answer.</summary>
    public const int Unreachable = 4;

    /// <summary>Stopped by Ctrl-C or SIGTERM: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
