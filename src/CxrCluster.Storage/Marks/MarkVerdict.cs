namespace CxrCluster.Storage.Marks;

/// <summary>What a reader says of a neighbour that the index found.</summary>
public enum MarkVerdict
{
    /// <summary>It looks like the image asked for.</summary>
    Similar,

    /// <summary>It does not.</summary>
    NotSimilar,
}
