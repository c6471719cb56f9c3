namespace CxrCluster.Cli.Terminal;

/// <summary>Durations as people say them.</summary>
internal static class Durations
{
    /// <summary>"0.4 s", "42 s", "3 min 05 s", "2 h 07 min".</summary>
    public static string Text(TimeSpan duration) =>
        duration.TotalSeconds < 9.95 ? $"{duration.TotalSeconds:0.0} s"
        : duration.TotalSeconds < 59.5 ? $"{duration.TotalSeconds:0} s"
        : duration.TotalMinutes < 60 ? $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s"
        : $"{(int)duration.TotalHours} h {duration.Minutes:00} min";
}
