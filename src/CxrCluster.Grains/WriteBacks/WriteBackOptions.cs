namespace CxrCluster.Grains.WriteBacks;

/// <summary>How reports are sent.</summary>
public sealed record WriteBackOptions
{
    /// <summary>How often the outbox is looked at.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reports claimed at once. One after the other is made and sent: scoring goes first.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>A claim runs out after this; another node then takes the report up. Longer than a batch may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After so many failures a report is parked for a person.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>The pause after the first failure; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>When to try again after that many attempts; null: not any more.</summary>
    public TimeSpan? PauseAfter(int attempts) =>
        attempts >= MaxAttempts
            ? null
            : TimeSpan.FromTicks(
                Math.Min(LongestPause.Ticks, (long)(FirstPause.Ticks * Math.Pow(2, Math.Min(attempts - 1, 30))))
            );
}
