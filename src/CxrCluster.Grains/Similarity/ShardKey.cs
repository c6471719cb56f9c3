using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Similarity;

/// <summary>
/// Key of an embedding shard: "hospital/name@version/layout.part". Embeddings of two models are never compared, and a
/// query asks the parts of one layout only.
/// </summary>
public readonly record struct ShardKey(HospitalId Hospital, ModelId Model, int Layout, int Part)
{
    /// <summary>The shard that a grain key names.</summary>
    public static ShardKey Parse(string key)
    {
        string[] parts = key.Split('/');
        string[] numbers = parts[2].Split('.');
        return new ShardKey(
            new HospitalId(parts[0]),
            ModelId.Parse(parts[1]),
            int.Parse(numbers[0], CultureInfo.InvariantCulture),
            int.Parse(numbers[1], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>The part that an image belongs to: the same on every machine and in every release.</summary>
    public static int PartOf(SopInstanceUid uid, int parts) =>
        (int)(XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(uid.Value)) % (ulong)parts);

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Hospital}/{Model}/{Layout}.{Part}");
}
