using System.Diagnostics;
using CxrCluster.Similarity.Shards;

namespace CxrCluster.Benchmarks.Similarity;

/// <summary>Appends to one shard, each on the disk before it is acknowledged; then how long the shard takes to open.</summary>
internal static class AppendBench
{
    private const string Name = "similarity-append";
    private const int Count = 1_000_000;
    private const int PerAppend = 500;
    private const int Callers = 4;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("cxr-bench").FullName;
        try
        {
            var identity = new ShardIdentity("bench/0", Vectors.Dimension);
            float[][] vectors = Vectors.Normal(10_000, seed: 5);
            var options = new VectorShardOptions();
            await using (var shard = VectorShard.Open(folder, identity, options))
            {
                int next = 0;
                async Task AppendAsync()
                {
                    for (int from; (from = Interlocked.Add(ref next, PerAppend) - PerAppend) < Count; )
                        await shard.AppendAsync(
                            [.. Enumerable.Range(from, PerAppend).Select(i => ShardChange.Put(Entry(i, vectors)))],
                            cancellationToken
                        );
                }
                long start = Stopwatch.GetTimestamp();
                await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(AppendAsync, cancellationToken)));
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                BenchLine.Write(
                    Name,
                    $"{Count:N0} x {Vectors.Dimension} with log and snapshots",
                    Count / seconds,
                    "appends/s"
                );
                await shard.CompactAsync(cancellationToken);
            }
            long opening = Stopwatch.GetTimestamp();
            await using var again = VectorShard.Open(folder, identity, options);
            BenchLine.Write(
                Name,
                $"open a snapshot of {again.Count:N0}",
                Stopwatch.GetElapsedTime(opening).TotalSeconds,
                "s"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ShardEntry Entry(int number, float[][] vectors) =>
        new(
            new ShardCase
            {
                Uid = $"2.25.{number:D30}",
                Content = (ulong)number,
                PatientId = $"P{number / 2}",
                Name = $"{number}.dcm",
                Probability = 0.5,
                View = "AP",
            },
            vectors[number % vectors.Length]
        );
}
