namespace CxrCluster.Cli.Terminal;

/// <summary>Durations as people say them.</summary>
internal static class Durations
{
    /// <summary>"0.4 s", "42 s", "3 min 05 s", "2 h 07 min".</summary>
    public static string Text(TimeSpan duration)
    {
        if (duration.TotalSeconds < 9.95)
            return $"{duration.TotalSeconds:0.0} s";
        long seconds = (long)Math.Round(duration.TotalSeconds);
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60:00} s"
            : $"{seconds / 3600} h {seconds % 3600 / 60:00} min";
    }
}
