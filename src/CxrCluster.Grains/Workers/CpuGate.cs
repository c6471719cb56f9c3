namespace CxrCluster.Grains.Workers;

/// <summary>
/// Bounds the CPU work of one process to its cores: grains await their turn, the work runs on a pool thread, and no grain
/// is ever blocked.
/// </summary>
public sealed class CpuGate(int cores) : IDisposable
{
    private readonly SemaphoreSlim _free = new(cores, cores);
    private int _waiting;

    /// <summary>Pieces of work that wait for a core.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Runs the work when a core is free.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        HoldAsync(() => Task.FromResult(work()), cancellationToken);

    /// <summary>Runs work that awaits another process when a core is free, and keeps the core for it until it is done.</summary>
    public async Task<T> HoldAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();
}
