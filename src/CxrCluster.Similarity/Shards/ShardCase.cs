namespace CxrCluster.Similarity.Shards;

/// <summary>An image in a shard. Identity and order (among equal distances) are those of its UID.</summary>
public sealed class ShardCase : IComparable<ShardCase>, IEquatable<ShardCase>
{
    /// <summary>SOP instance UID.</summary>
    public required string Uid { get; init; }

    /// <summary>The first 8 bytes of the SHA-256 of the content that the embedding was made from.</summary>
    public required ulong Content { get; init; }

    /// <summary>The hospital's patient id; null if unknown.</summary>
    public string? PatientId { get; init; }

    /// <summary>Name for the hospital's own people.</summary>
    public required string Name { get; init; }

    /// <summary>Probability of COVID-19, [0, 1].</summary>
    public required double Probability { get; init; }

    /// <summary>Known label, 0 or 1; null if unknown.</summary>
    public int? Label { get; init; }

    /// <summary>View position; null if unknown.</summary>
    public string? View { get; init; }

    /// <summary>When the image was taken, or received where that is unknown.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <inheritdoc />
    public int CompareTo(ShardCase? other) => string.CompareOrdinal(Uid, other?.Uid);

    /// <inheritdoc />
    public bool Equals(ShardCase? other) => string.Equals(Uid, other?.Uid, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ShardCase);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Uid);

    /// <inheritdoc />
    public override string ToString() => Uid;
}
