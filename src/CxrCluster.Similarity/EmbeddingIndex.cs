using CxrCluster.Similarity.Scanning;

namespace CxrCluster.Similarity;

/// <summary>
/// Exact k-nearest-neighbour search by <see cref="EuclideanDistance" /> over float32 vectors. The answer, ids and
/// distances, is that of measuring every vector and sorting, whatever the machine, the number of threads and the order of
/// insertion: 8-bit codes only discard what provably is farther.
/// </summary>
/// <remarks>
/// Any number of searches and of writers at the same time: a search sees the vectors that were there when it began.
/// Memory per vector: 4 bytes per component and 1 for its code, 4 for its norm, 5 to 11 for its row number, and the id.
/// </remarks>
/// <typeparam name="TId">Identity of a vector; its order decides between equal distances.</typeparam>
public sealed class EmbeddingIndex<TId>
    where TId : notnull, IComparable<TId>
{
    private readonly Lock _writing = new();
    private readonly RowTable<TId> _rowOf = new();
    private volatile Snapshot _shown = new([], 0);

    /// <param name="dimension">Length of every vector, at least 1.</param>
    public EmbeddingIndex(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
    }

    /// <summary>Length of every vector.</summary>
    public int Dimension { get; }

    /// <summary>How many vectors it holds.</summary>
    public int Count => _shown.Count;

    /// <summary>Bytes of vectors and codes, without ids.</summary>
    public long VectorBytes => _shown.Segments.Sum(segment => segment.Bytes);

    /// <summary>Adds a vector, or replaces the one of that id.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a component that is NaN or infinite.</exception>
    public void Upsert(TId id, ReadOnlySpan<float> vector) => Upsert([(id, vector.ToArray())]);

    /// <summary>Adds or replaces several vectors; searches see all of them or none.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a component that is NaN or infinite: nothing was written.</exception>
    public void Upsert(IReadOnlyList<(TId Id, float[] Vector)> vectors)
    {
        foreach ((TId id, float[] vector) in vectors)
            Check(vector, $"The vector of {id}");
        lock (_writing)
        {
            var draft = new Draft<TId>(Dimension, _shown.Segments, _shown.Count);
            foreach ((TId id, float[] vector) in vectors)
                if (_rowOf.Find(id, draft.Id) is var row and >= 0)
                    draft.Replace(row, id, vector);
                else
                {
                    _rowOf.Add(id, draft.Count, draft.Id);
                    draft.Append(id, vector);
                }
            Show(draft);
        }
    }

    /// <summary>Removes a vector; the last row takes its place.</summary>
    /// <returns>False if there was none of that id.</returns>
    public bool Remove(TId id)
    {
        lock (_writing)
        {
            var draft = new Draft<TId>(Dimension, _shown.Segments, _shown.Count);
            int row = _rowOf.Find(id, draft.Id);
            if (row < 0)
                return false;
            _rowOf.Remove(id, row, draft.Id);
            int last = draft.Count - 1;
            TId moved = draft.RemoveAt(row);
            if (row < last)
                _rowOf.Move(moved, last, row);
            Show(draft);
            return true;
        }
    }

    /// <summary>The vector of an id, with the id as it was given; null if there is none.</summary>
    public (TId Id, float[] Vector)? Find(TId id)
    {
        lock (_writing)
            return _rowOf.Find(id, _shown.Id) is var found and >= 0 ? _shown.Row(found) : null;
    }

    /// <summary>All ids and vectors at one moment, in no order.</summary>
    public IEnumerable<(TId Id, float[] Vector)> Rows()
    {
        Snapshot shown = _shown;
        return Enumerable.Range(0, shown.Count).Select(shown.Row);
    }

    /// <summary>All ids at one moment, in no order.</summary>
    public IEnumerable<TId> Ids()
    {
        Snapshot shown = _shown;
        return Enumerable.Range(0, shown.Count).Select(shown.Id);
    }

    /// <summary>The k nearest, nearest first, equal distances by id; all of them if there are fewer.</summary>
    /// <param name="query">A vector of the index's dimension.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <param name="wanted">Leaves out ids for which it is false; called only for candidates, from several threads.</param>
    /// <param name="threads">How many threads may work on it, at least 1.</param>
    /// <exception cref="ArgumentException">Wrong length, a component that is NaN or infinite, or k below 1.</exception>
    public IReadOnlyList<(TId Id, double Distance)> Search(
        ReadOnlySpan<float> query,
        int k,
        Func<TId, bool>? wanted = null,
        int threads = 1
    ) => Search([query.ToArray()], k, wanted, threads)[0];

    /// <summary>As the other, for several queries in one pass over the vectors.</summary>
    public IReadOnlyList<IReadOnlyList<(TId Id, double Distance)>> Search(
        IReadOnlyList<float[]> queries,
        int k,
        Func<TId, bool>? wanted = null,
        int threads = 1
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        foreach (float[] query in queries)
            Check(query, "The query");
        if (queries.Count == 0)
            return [];
        Snapshot shown = _shown;
        Reach[] reaches = [.. queries.Select(_ => new Reach())];
        int workers = Math.Clamp(shown.Segments.Length, 1, threads);
        var found = new Nearest<TId>[workers][];
        int next = -1;
        void Work(int worker)
        {
            found[worker] = [.. reaches.Select(reach => new Nearest<TId>(k, reach))];
            var scanner = new Scanner<TId>(queries, found[worker], wanted);
            for (int i; (i = Interlocked.Increment(ref next)) < shown.Segments.Length; )
                scanner.Scan(shown.Segments[i], Math.Min(shown.Count - i * Segment<TId>.Rows, Segment<TId>.Rows));
        }
        if (workers == 1)
            Work(0);
        else
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, Work);
        return
        [
            .. queries.Select(
                (_, query) =>
                    NeighbourMerge.Merge(
                        found.Select(worker => worker[query].Found.ToList()),
                        k,
                        neighbour => neighbour.Distance,
                        neighbour => neighbour.Id
                    )
            ),
        ];
    }

    private void Show(Draft<TId> draft)
    {
        (Segment<TId>[] segments, int count) = draft.Finish();
        _shown = new Snapshot(segments, count);
    }

    /// <exception cref="ArgumentException">The vector has another length, or a component that is NaN or infinite.</exception>
    internal void Check(ReadOnlySpan<float> vector, string name)
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

    private sealed record Snapshot(Segment<TId>[] Segments, int Count)
    {
        public TId Id(int row) => Segments[row / Segment<TId>.Rows].Id(row % Segment<TId>.Rows);

        public (TId Id, float[] Vector) Row(int row) =>
            (Id(row), Segments[row / Segment<TId>.Rows].Vector(row % Segment<TId>.Rows).ToArray());
    }
}
