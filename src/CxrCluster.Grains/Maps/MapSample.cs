using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Grains.Maps;

/// <summary>
/// Which embeddings are drawn. Each hospital gives equally many, small ones all they have, so that none is lost among the
/// others; within it those whose seeded hash is smallest, so that the sample hardly changes when images arrive.
/// </summary>
internal static class MapSample
{
    /// <summary>How many of each hospital.</summary>
    public static IReadOnlyList<HospitalCount> Share(IReadOnlyList<HospitalCount> hospitals, int most)
    {
        var quotas = new List<HospitalCount>(hospitals.Count);
        int left = most;
        foreach (HospitalCount hospital in hospitals.OrderBy(h => h.Embeddings).ThenBy(h => h.Hospital))
        {
            int quota = Math.Min(hospital.Embeddings, left / (hospitals.Count - quotas.Count));
            quotas.Add(hospital with { Embeddings = quota });
            left -= quota;
        }
        return [.. quotas.OrderBy(h => h.Hospital)];
    }

    /// <summary>The quota's keys, ordered by UID.</summary>
    public static async Task<IReadOnlyList<EmbeddingKey>> DrawAsync(
        IAsyncEnumerable<EmbeddingKey> keys,
        HospitalId hospital,
        int quota,
        int seed,
        CancellationToken cancellationToken
    )
    {
        // the largest hash on top: it makes room for a smaller one
        var kept = new PriorityQueue<EmbeddingKey, ulong>(Comparer<ulong>.Create((x, y) => y.CompareTo(x)));
        await foreach (EmbeddingKey key in keys.WithCancellation(cancellationToken))
        {
            ulong hash = Hash($"{seed}/{hospital}/{key.Uid}");
            if (kept.Count < quota)
                kept.Enqueue(key, hash);
            else if (quota > 0)
                kept.EnqueueDequeue(key, hash);
        }
        return [.. kept.UnorderedItems.Select(item => item.Element).OrderBy(key => key.Uid)];
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
