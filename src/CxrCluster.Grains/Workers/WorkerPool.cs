namespace CxrCluster.Grains.Workers;

/// <summary>
/// Chooses a worker: of two taken at random the one with fewer calls under way from here; a worker that failed rests for
/// a while, longer each time, and is tried again with one call first.
/// </summary>
/// <typeparam name="TWorker">A worker's address: a node for preprocessing, a slot for inference.</typeparam>
/// <param name="live">The workers that are there now.</param>
/// <param name="time">Measures the rests.</param>
/// <param name="random">Draws the two.</param>
public sealed class WorkerPool<TWorker>(Func<IReadOnlyList<TWorker>> live, TimeProvider time, Random random)
    where TWorker : notnull
{
    /// <summary>The longest a failing worker rests.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<TWorker, Load> _loads = [];

    /// <summary>A worker to call, or false when none is there, all rest or all have their fill. Give the result back by <see cref="Release"/>.</summary>
    /// <param name="mostCalls">A worker with so many calls under way from here has its fill: the rest waits here, where no
    /// call's time runs.</param>
    /// <param name="worker">Whom to call.</param>
    public bool TryAcquire(int mostCalls, out TWorker worker)
    {
        IReadOnlyList<TWorker> workers = live();
        lock (_lock)
        {
            Forget(workers);
            DateTimeOffset now = time.GetUtcNow();
            List<TWorker> ready = [.. workers.Where(w => IsReady(w, mostCalls, now))];
            if (ready.Count == 0)
            {
                worker = default!;
                return false;
            }
            worker = LessLoadedOfTwo(ready);
            LoadOf(worker).Underway++;
            return true;
        }
    }

    /// <summary>Ends a call. A failed one makes the worker rest.</summary>
    public void Release(TWorker worker, bool failed)
    {
        lock (_lock)
        {
            Load load = LoadOf(worker);
            load.Underway--;
            if (!failed)
            {
                load.Failures = 0;
                return;
            }
            DateTimeOffset now = time.GetUtcNow();
            if (now < load.RestsUntil)
                return; // many calls failed at once: one failure
            load.Failures++;
            TimeSpan rest = FirstRest * Math.Pow(2, Math.Min(load.Failures - 1, 10));
            load.RestsUntil = now + (rest < LongestRest ? rest : LongestRest);
        }
    }

    private bool IsReady(TWorker worker, int mostCalls, DateTimeOffset now)
    {
        Load load = LoadOf(worker);
        return now >= load.RestsUntil && load.Underway < (load.Failures == 0 ? mostCalls : 1);
    }

    private TWorker LessLoadedOfTwo(List<TWorker> ready)
    {
        TWorker first = ready[random.Next(ready.Count)];
        TWorker second = ready[random.Next(ready.Count)];
        return LoadOf(second).Underway < LoadOf(first).Underway ? second : first;
    }

    private Load LoadOf(TWorker worker)
    {
        if (!_loads.TryGetValue(worker, out Load? load))
            _loads[worker] = load = new Load();
        return load;
    }

    /// <summary>Drops what is known of workers that are gone, so that the table stays as small as the cluster.</summary>
    private void Forget(IReadOnlyList<TWorker> workers)
    {
        foreach (
            TWorker gone in _loads
                .Where(l => l.Value.Underway == 0 && !workers.Contains(l.Key))
                .Select(l => l.Key)
                .ToList()
        )
            _loads.Remove(gone);
    }

    private sealed class Load
    {
        public int Underway { get; set; }
        public int Failures { get; set; }
        public DateTimeOffset RestsUntil { get; set; }
    }
}
