using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>Reads many files on all cores, keeping their order.</summary>
internal static class ParallelRead
{
    /// <summary>Maps every item; reports one at a time, in ascending order, so that who listens needs no lock; the first failure is thrown as it is, without an aggregate around it.</summary>
    /// <param name="items">What to read.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="progress">Told of every item.</param>
    /// <param name="ct">Stops between two items.</param>
    /// <param name="before">Items that were read before these.</param>
    /// <param name="total">All items, when these are a part.</param>
    public static TResult[] Run<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, TResult> read,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct,
        int before = 0,
        int? total = null
    )
    {
        var results = new TResult[items.Count];
        var done = before;
        var reporting = new Lock();
        try
        {
            Parallel.For(
                0,
                items.Count,
                new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i =>
                {
                    results[i] = read(items[i]);
                    // one at a time and in order: who listens keeps lists and bars, and needs no lock for it
                    lock (reporting)
                    {
                        progress?.Report(new("preprocess", 0, 0, ++done, total ?? items.Count, double.NaN));
                    }
                }
            );
        }
        catch (AggregateException failures)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return results;
    }
}
