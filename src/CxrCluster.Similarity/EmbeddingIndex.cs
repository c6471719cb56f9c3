using System.Numerics.Tensors;

namespace CxrCluster.Similarity;

/// <summary>
/// Exact k-nearest-neighbour search by Euclidean distance over float32 vectors that lie row after row in one array.
/// </summary>
/// <remarks>
/// <para>The order is that of double arithmetic, equal distances by id. The float32 SIMD pass only discards rows that
/// provably cannot be among the k nearest; the few that remain are measured again in double.</para>
/// <para>Thread safety: any number of concurrent searches, or one writer and no search. A grain gives that for free.</para>
/// </remarks>
/// <typeparam name="TId">Identity of a vector; its order decides between equal distances.</typeparam>
public sealed class EmbeddingIndex<TId>
    where TId : notnull, IComparable<TId>
{
    private readonly Dictionary<TId, int> rowOf = [];
    private readonly List<TId> ids = [];
    private readonly double relativeError;
    private readonly double absoluteError;
    private float[] rows = [];

    /// <param name="dimension">Length of every vector, at least 1.</param>
    public EmbeddingIndex(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
        // How far the float32 distance can lie above the true one: at most one rounding of 2^-24 per addition and three
        // per term, doubled to be safe; and one Epsilon per term where squares leave the normal range.
        relativeError = (dimension + 8) * Math.Pow(2, -23);
        absoluteError = Math.Sqrt(dimension * (double)float.Epsilon);
    }

    /// <summary>Length of every vector.</summary>
    public int Dimension { get; }

    /// <summary>How many vectors it holds.</summary>
    public int Count => ids.Count;

    /// <summary>Adds a vector, or replaces the one of that id.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a component that is NaN or infinite.</exception>
    public void Upsert(TId id, ReadOnlySpan<float> vector)
    {
        Check(vector, $"The vector of {id}");
        if (!rowOf.TryGetValue(id, out int row))
        {
            row = ids.Count;
            EnsureCapacity(row + 1);
            ids.Add(id);
            rowOf.Add(id, row);
        }
        vector.CopyTo(rows.AsSpan(row * Dimension, Dimension));
    }

    /// <summary>Removes a vector in constant time: the last row takes its place.</summary>
    /// <returns>False if there was none of that id.</returns>
    public bool Remove(TId id)
    {
        if (!rowOf.Remove(id, out int row))
            return false;
        int last = ids.Count - 1;
        if (row != last)
        {
            Row(last).CopyTo(rows.AsSpan(row * Dimension, Dimension));
            ids[row] = ids[last];
            rowOf[ids[row]] = row;
        }
        ids.RemoveAt(last);
        return true;
    }

    /// <summary>The k nearest, nearest first, equal distances by id; all of them if there are fewer.</summary>
    /// <param name="query">A vector of the index's dimension.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <param name="wanted">Leaves out ids for which it is false; called only for candidates.</param>
    /// <exception cref="ArgumentException">Wrong length, a component that is NaN or infinite, or k below 1.</exception>
    public IReadOnlyList<(TId Id, double Distance)> Search(
        ReadOnlySpan<float> query,
        int k,
        Func<TId, bool>? wanted = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Check(query, "The query");
        var nearest = new PriorityQueue<TId, (double Distance, TId Id)>(Math.Min(k, Count), FarthestFirst.Instance);
        double bound = double.PositiveInfinity;
        for (int row = 0; row < ids.Count; row++)
        {
            ReadOnlySpan<float> vector = Row(row);
            float estimate = TensorPrimitives.Distance(query, vector);
            // Beyond the range of float the estimate says nothing.
            if (estimate > bound && !float.IsPositiveInfinity(estimate))
                continue;
            TId id = ids[row];
            if (wanted is not null && !wanted(id))
                continue;
            double distance = EuclideanDistance.Between(query, vector);
            if (nearest.Count < k)
                nearest.Enqueue(id, (distance, id));
            else
                nearest.EnqueueDequeue(id, (distance, id));
            if (nearest.Count == k && nearest.TryPeek(out _, out (double Distance, TId Id) farthest))
                bound = farthest.Distance * (1 + relativeError) + absoluteError;
        }
        return Drain(nearest);
    }

    private static (TId Id, double Distance)[] Drain(PriorityQueue<TId, (double Distance, TId Id)> nearest)
    {
        var result = new (TId Id, double Distance)[nearest.Count];
        for (int i = result.Length - 1; nearest.TryDequeue(out TId? id, out (double Distance, TId Id) key); i--)
            result[i] = (id, key.Distance);
        return result;
    }

    private ReadOnlySpan<float> Row(int row) => rows.AsSpan(row * Dimension, Dimension);

    private void EnsureCapacity(int count)
    {
        long needed = (long)count * Dimension;
        if (needed <= rows.Length)
            return;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException(
                $"An index of dimension {Dimension} holds at most {Array.MaxLength / Dimension} vectors: spread them over more shards."
            );
        Array.Resize(ref rows, (int)Math.Min(Math.Max(2L * rows.Length, needed), Array.MaxLength));
    }

    private void Check(ReadOnlySpan<float> vector, string name)
    {
        if (vector.Length != Dimension)
            throw new ArgumentException(
                $"{name} has {vector.Length} components but the index has dimension {Dimension}: use embeddings of the same model.",
                nameof(vector)
            );
        foreach (float component in vector)
            if (!float.IsFinite(component))
                throw new ArgumentException(
                    $"{name} has a component that is not a finite number: its image cannot be compared, score it again.",
                    nameof(vector)
                );
    }

    private sealed class FarthestFirst : IComparer<(double Distance, TId Id)>
    {
        public static readonly FarthestFirst Instance = new();

        public int Compare((double Distance, TId Id) x, (double Distance, TId Id) y)
        {
            int byDistance = y.Distance.CompareTo(x.Distance);
            return byDistance != 0 ? byDistance : y.Id.CompareTo(x.Id);
        }
    }
}
