using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Tests.Shards;

/// <summary>A shard's folder that goes away with the test.</summary>
internal sealed class ShardFolder : IDisposable
{
    public const int Dimension = 3;

    public static readonly ShardIdentity Identity = new("haemek/cxr@0123/0", Dimension);

    public string Path { get; } = Directory.CreateTempSubdirectory("shard").FullName;

    public string Log => System.IO.Path.Combine(Path, "log");

    public string Snapshot => System.IO.Path.Combine(Path, "snapshot");

    public VectorShard Open(long logBytes = 1 << 20, ShardIdentity? identity = null) =>
        VectorShard.Open(Path, identity ?? Identity, new VectorShardOptions { LogBytes = logBytes });

    /// <summary>A case whose fields all follow from a number, some of them unknown.</summary>
    public static ShardEntry Entry(int number, float first = 0) =>
        new(
            new ShardCase
            {
                Uid = $"2.25.{number}",
                Content = (ulong)number * 0x9E3779B97F4A7C15,
                PatientId = number % 3 == 0 ? null : $"p{number / 2}",
                Name = $"גוף {number}.png",
                Probability = number / 1000.0,
                Label = number % 3 == 0 ? null : number % 2,
                View = number % 2 == 0 ? "AP" : null,
                TakenAt = number % 4 == 0 ? null : DateTimeOffset.UnixEpoch.AddDays(number),
            },
            [first, number, -number]
        );

    public static IReadOnlyList<ShardChange> Puts(params int[] numbers) =>
        [.. numbers.Select(n => ShardChange.Put(Entry(n)))];

    /// <summary>Everything the shard holds, as text that can be compared.</summary>
    public static string[] Content(VectorShard shard) =>
        [.. shard.Entries().Select(Text).Order(StringComparer.Ordinal)];

    public static string Text(ShardEntry entry) =>
        string.Join(
            '|',
            entry.Case.Uid,
            entry.Case.Content,
            entry.Case.PatientId,
            entry.Case.Name,
            entry.Case.Probability,
            entry.Case.Label,
            entry.Case.View,
            entry.Case.TakenAt?.UtcTicks,
            string.Join(',', entry.Vector)
        );

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
