namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>A random part of a list that is too long.</summary>
internal static class Subsample
{
    /// <summary>The list itself if it is short enough; else <paramref name="most"/> of its items, in its order.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, int most, int seed)
    {
        if (items.Count <= most)
            return items;
        int[] order = [.. Enumerable.Range(0, items.Count)];
        Shuffle(order, seed);
        return [.. order.Take(most).Order().Select(i => items[i])];
    }

    /// <summary>Fisher and Yates' shuffle.</summary>
    public static void Shuffle<T>(Span<T> items, int seed)
    {
        var random = new ResampleRandom(seed);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
