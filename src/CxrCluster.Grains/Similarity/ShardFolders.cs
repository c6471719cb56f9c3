using CxrCluster.Similarity.Shards;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Similarity;

/// <summary>Where the shards of this node have their files, and their copies in the blob store.</summary>
/// <param name="root">A folder of the node's own.</param>
public sealed class ShardFolders(string root, IBlobStore blobs)
{
    /// <summary>Opens a shard. A node that has no files of it begins with the copy that another node left.</summary>
    public async Task<VectorShard> OpenAsync(ShardKey key, int dimension, CancellationToken cancellationToken)
    {
        string folder = Of(key);
        string snapshot = Path.Combine(folder, VectorShard.SnapshotFile);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            string arriving = snapshot + ".arriving";
            bool found;
            await using (FileStream file = File.Create(arriving))
                found = await blobs.DownloadAsync(BlobKey(key), file, cancellationToken);
            if (found)
                File.Move(arriving, snapshot);
            else
                File.Delete(arriving);
        }
        var identity = new ShardIdentity(key.ToString(), dimension);
        return await Task.Run(() => VectorShard.Open(folder, identity, new VectorShardOptions()), cancellationToken);
    }

    /// <summary>Leaves a copy for the node that the shard moves to.</summary>
    public async Task CopyAsync(ShardKey key, VectorShard shard, CancellationToken cancellationToken)
    {
        await shard.CompactAsync(cancellationToken);
        await using Stream? snapshot = shard.OpenSnapshot();
        if (snapshot is not null)
            await blobs.UploadAsync(BlobKey(key), snapshot, cancellationToken);
    }

    /// <summary>Deletes files and copy.</summary>
    public async Task DeleteAsync(ShardKey key, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Of(key)))
            Directory.Delete(Of(key), recursive: true);
        await blobs.DeleteAsync(BlobKey(key), cancellationToken);
    }

    private string Of(ShardKey key) =>
        Path.Combine(root, key.Hospital.Value, key.Model.ToString(), $"{key.Layout}.{key.Part}");

    private static string BlobKey(ShardKey key) =>
        BlobKeys.IndexSnapshot(key.Hospital, key.Model, key.Layout, key.Part);
}
