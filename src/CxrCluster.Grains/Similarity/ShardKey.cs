using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Similarity;

/// <summary>Key of an embedding shard: "hospital/name@version". Embeddings of two models are never compared.</summary>
public readonly record struct ShardKey(HospitalId Hospital, ModelId Model)
{
    /// <summary>The shard that a grain key names.</summary>
    public static ShardKey Parse(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return new ShardKey(new HospitalId(key[..slash]), ModelId.Parse(key[(slash + 1)..]));
    }

    /// <inheritdoc />
    public override string ToString() => $"{Hospital}/{Model}";
}
