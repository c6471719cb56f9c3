using CxrCluster.Similarity;

namespace CxrCluster.Benchmarks.Similarity;

/// <summary>10,000 queries over 200,000 vectors: ids and distances against measuring and sorting everything.</summary>
internal static class ExactnessBench
{
    private const int Count = 200_000;
    private const int Queries = 10_000;
    private const int K = 4;

    public static Task RunAsync(CancellationToken cancellationToken)
    {
        float[][] vectors = Vectors.Normal(Count, seed: 3);
        float[][] queries = Vectors.Normal(Queries, seed: 4);
        var index = new EmbeddingIndex<int>(Vectors.Dimension);
        index.Upsert([.. vectors.Select((vector, id) => (id, vector))]);
        var found = queries.Chunk(64).SelectMany(chunk => index.Search(chunk, K, threads: 2)).ToList();
        int different = 0;
        Parallel.For(
            0,
            Queries,
            new ParallelOptions
            {
                CancellationToken = cancellationToken,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            },
            i =>
            {
                if (!found[i].SequenceEqual(Naive(vectors, queries[i])))
                    Interlocked.Increment(ref different);
            }
        );
        BenchLine.Write(
            "similarity-exactness",
            $"answers of {Queries:N0} queries over {Count:N0} vectors that differ from a naive scan's",
            different,
            "queries"
        );
        return Task.CompletedTask;
    }

    /// <summary>Measures every vector in turn and keeps the k nearest.</summary>
    private static List<(int Id, double Distance)> Naive(float[][] vectors, float[] query)
    {
        var nearest = new List<(int Id, double Distance)>(K + 1);
        for (int id = 0; id < vectors.Length; id++)
        {
            double distance = EuclideanDistance.Between(query, vectors[id]);
            if (nearest.Count == K && distance >= nearest[^1].Distance)
                continue; // ids come in order: an equal distance belongs to the earlier one
            int place = nearest.FindIndex(other => other.Distance > distance);
            nearest.Insert(place < 0 ? nearest.Count : place, (id, distance));
            if (nearest.Count > K)
                nearest.RemoveAt(K);
        }
        return nearest;
    }
}
