namespace CxrCluster.Cli.Terminal;

/// <summary>Hands reports on at once, on the reporting thread: unlike Progress&lt;T&gt; it keeps their order.</summary>
internal sealed class Reporter<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc />
    public void Report(T value) => report(value);
}
