using System.Globalization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Similarity.Shards;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Grains.Similarity;

/// <summary>Makes a shard hold what the catalogue says, whatever its files held.</summary>
public sealed class ShardFill(IIndexStore store)
{
    private const int Page = 500;

    /// <summary>Adds what is missing or of another content, removes what the catalogue does not have.</summary>
    /// <param name="parts">How many parts the shard's layout has.</param>
    /// <param name="fed">UIDs that arrived meanwhile: what arrives is never older than what is read here.</param>
    /// <returns>How many entries were added or replaced, and how many removed.</returns>
    public async Task<(int Put, int Removed)> RunAsync(
        ShardKey key,
        int parts,
        VectorShard shard,
        IReadOnlySet<string> fed,
        CancellationToken cancellationToken
    )
    {
        var leftOver = shard.Entries().Select(entry => entry.Case.Uid).ToHashSet(StringComparer.Ordinal);
        var missing = new List<SopInstanceUid>(Page);
        int put = 0;
        await foreach (EmbeddingKey embedding in store.ListKeysAsync(key.Hospital, key.Model, cancellationToken))
        {
            if (ShardKey.PartOf(embedding.Uid, parts) != key.Part)
                continue;
            bool known = leftOver.Remove(embedding.Uid.Value);
            if (known && shard.Find(embedding.Uid.Value)?.Case.Content == Content(embedding.Sha256))
                continue;
            missing.Add(embedding.Uid);
            if (missing.Count == Page)
                put += await FetchAsync(key, shard, missing, fed, cancellationToken);
        }
        put += await FetchAsync(key, shard, missing, fed, cancellationToken);
        leftOver.ExceptWith(fed);
        if (leftOver.Count > 0)
            await shard.AppendAsync([.. leftOver.Select(ShardChange.Remove)], cancellationToken);
        return (put, leftOver.Count);
    }

    /// <summary>An entry as the shard keeps it.</summary>
    public static ShardEntry ToEntry(IndexedEmbedding embedding) =>
        new(
            new ShardCase
            {
                Uid = embedding.Instance.Uid.Value,
                Content = Content(embedding.Sha256),
                PatientId = embedding.PatientId,
                Name = embedding.ImageName,
                Probability = embedding.Probability,
                Label = embedding.Label,
                View = embedding.View,
                TakenAt = embedding.TakenAt,
            },
            embedding.Vector
        );

    private static ulong Content(string sha256) =>
        ulong.Parse(sha256.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private async Task<int> FetchAsync(
        ShardKey key,
        VectorShard shard,
        List<SopInstanceUid> missing,
        IReadOnlySet<string> fed,
        CancellationToken cancellationToken
    )
    {
        if (missing.Count == 0)
            return 0;
        var rows = await store.ReadEmbeddingsAsync(key.Hospital, key.Model, missing, cancellationToken);
        missing.Clear();
        // what was fed meanwhile may already be newer: it is left alone. No await between looking and appending.
        List<ShardChange> changes =
        [
            .. rows.Where(row => !fed.Contains(row.Instance.Id.Uid.Value))
                .Select(row => ShardChange.Put(ToEntry(EmbeddingFeed.ToEntry(row.Instance, row.Score)))),
        ];
        await shard.AppendAsync(changes, cancellationToken);
        return changes.Count;
    }
}
