namespace CxrCluster.Similarity;

/// <summary>Joins the answers of several shards.</summary>
public static class NeighbourMerge
{
    /// <summary>
    /// The k nearest of all lists, nearest first, equal distances by id. Exact if every list holds its shard's own k
    /// nearest. An id that several shards answer with (a shard that is just moving) counts once, at its least distance.
    /// </summary>
    /// <param name="k">How many, at least 1.</param>
    public static IReadOnlyList<T> Merge<T, TId>(
        IEnumerable<IReadOnlyList<T>> lists,
        int k,
        Func<T, double> distance,
        Func<T, TId> id
    )
        where TId : IComparable<TId>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return [.. lists.SelectMany(list => list).OrderBy(distance).ThenBy(id).DistinctBy(id).Take(k)];
    }
}
