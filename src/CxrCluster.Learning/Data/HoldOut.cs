using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Learning.Data;

/// <summary>Holds out a part of a set of named items.</summary>
public static class HoldOut
{
    /// <summary>
    /// Holds out the <paramref name="count"/> items whose SHA-256 of seed and name is smallest: the choice depends on seed and
    /// names only, not on the order or on the machine.
    /// </summary>
    /// <param name="items">Items with unique names.</param>
    /// <param name="name">An item's name.</param>
    /// <param name="count">From 0 to the number of items.</param>
    /// <param name="seed">Equal seeds give equal choices.</param>
    /// <returns>Both parts in the given order.</returns>
    public static (IReadOnlyList<T> Train, IReadOnlyList<T> HeldOut) Split<T>(
        IReadOnlyList<T> items,
        Func<T, string> name,
        int count,
        int seed
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, items.Count);
        var chosen = items
            .Select(name)
            .OrderBy(n => Key(seed, n), StringComparer.Ordinal)
            .Take(count)
            .ToHashSet(StringComparer.Ordinal);
        return ([.. items.Where(i => !chosen.Contains(name(i)))], [.. items.Where(i => chosen.Contains(name(i)))]);
    }

    private static string Key(int seed, string name) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}")));
}
