namespace CxrCluster.Cli.Terminal;

/// <summary>How far one piece of work is. Safe to report to from any thread.</summary>
internal sealed class ProgressBar(string title, long total, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private State _state = new(0, total, "", TimeSpan.Zero);

    /// <summary>What is being done.</summary>
    public string Title => title;

    /// <summary>The state at one moment.</summary>
    public State Now => Volatile.Read(ref _state);

    /// <summary>Since the bar was added.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Time to the end at the pace so far; null before the first step.</summary>
    public TimeSpan? Left(State state) =>
        state.Done > 0 && state.Total >= state.Done
            ? Elapsed * ((double)(state.Total - state.Done) / state.Done)
            : null;

    /// <summary>Says how far it is.</summary>
    /// <param name="done">Steps done, of the total.</param>
    /// <param name="note">A word on quality or kind ("dice 0.91"); null keeps the one before.</param>
    /// <param name="newTotal">When the total has become known or has changed.</param>
    public void Report(long done, string? note = null, long? newTotal = null)
    {
        State before = Now;
        Volatile.Write(ref _state, new State(done, newTotal ?? before.Total, note ?? before.Note, Elapsed));
    }

    /// <summary>Steps done, of how many, a word about them, and how long after the start they were done.</summary>
    internal sealed record State(long Done, long Total, string Note, TimeSpan After)
    {
        /// <summary>Share done, 0 to 1.</summary>
        public double Fraction => Total <= 0 ? 0 : Math.Clamp((double)Done / Total, 0, 1);
    }
}
