using System.Diagnostics;
using System.Globalization;
using CxrCluster.Similarity;

namespace CxrCluster.Benchmarks.Similarity;

/// <summary>Exact search beside FAISS IndexFlatL2 on the same vectors, two threads each, alternating in one run.</summary>
internal static class SearchBench
{
    private const string Name = "similarity-search";
    private const int K = 4;
    private const int Batch = 64;
    private const int Threads = 2;
    private const int Rounds = 9;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (int count in new[] { 100_000, 1_000_000 })
            await RunAsync(count, cancellationToken);
    }

    private static async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("cxr-bench").FullName;
        try
        {
            float[][] queries = Vectors.Normal(Batch, seed: 2);
            EmbeddingIndex<long> index = Fill(count, Path.Combine(folder, "vectors.f32"), out double memory);
            Vectors.Write(Path.Combine(folder, "queries.f32"), queries);
            BenchLine.Write(Name, $"{count:N0} x {Vectors.Dimension}, memory / raw float32", memory, "ratio");
            for (int i = 0; i < 50; i++) // until the compiler has done with it
                index.Search(queries, K, threads: Threads);

            using var peer = new FaissPeer(folder, Threads);
            if (!await peer.IsThereAsync(cancellationToken))
                await Console.Error.WriteLineAsync(
                    "bench: FAISS is not here (apt-get install python3-faiss): ours alone."
                );
            var (single, batch) = (new Pair(), new Pair());
            for (int round = 0; round < Rounds; round++)
            {
                float[] query = queries[round];
                single.Ours.Add(Milliseconds(() => index.Search(query, K, threads: Threads)));
                batch.Ours.Add(Milliseconds(() => index.Search(queries, K, threads: Threads)));
                if (await peer.TimeAsync(round, 1, K, cancellationToken) is { } one)
                    single.Peer.Add(one.Milliseconds);
                if (await peer.TimeAsync(0, Batch, K, cancellationToken) is { } all)
                    batch.Peer.Add(all.Milliseconds);
            }
            single.Write($"{count:N0} x {Vectors.Dimension}, one query");
            batch.Write($"{count:N0} x {Vectors.Dimension}, {Batch} queries at once");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static EmbeddingIndex<long> Fill(int count, string file, out double memory)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new EmbeddingIndex<long>(Vectors.Dimension);
        using (FileStream stream = File.Create(file))
            for (int part = 0; part < count / 10_000; part++)
            {
                float[][] vectors = Vectors.Normal(10_000, seed: 1000 + part);
                index.Upsert([.. vectors.Select((vector, i) => (part * 10_000L + i, vector))]);
                foreach (float[] vector in vectors)
                    stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / (4.0 * Vectors.Dimension * count);
        return index;
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private sealed record Pair
    {
        public List<double> Ours { get; } = [];

        public List<double> Peer { get; } = [];

        public void Write(string name) =>
            BenchLine.Write(
                Name,
                string.Create(CultureInfo.InvariantCulture, $"{name}, median of {Rounds}"),
                Median(Ours),
                "ms",
                Peer.Count > 0 ? Median(Peer) : null,
                Peer.Count > 0 ? "FAISS IndexFlatL2" : null
            );

        private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }
}
