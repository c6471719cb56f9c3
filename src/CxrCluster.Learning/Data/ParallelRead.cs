using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>Reads many files on all cores, keeping their order.</summary>
internal static class ParallelRead
{
    /// <summary>Maps every item; the first failure is thrown as it is, without an aggregate around it.</summary>
    public static TResult[] Run<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, TResult> read,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var results = new TResult[items.Count];
        var done = 0;
        try
        {
            Parallel.For(
                0,
                items.Count,
                new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i =>
                {
                    results[i] = read(items[i]);
                    progress?.Report(new("preprocess", 0, 0, Interlocked.Increment(ref done), items.Count, double.NaN));
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
