namespace CxrCluster.Contracts.Training;

/// <summary>One run of a sweep.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Split">Number of the split, from 0; a number is the same split for every network.</param>
[GenerateSerializer, Immutable, Alias("run-key")]
public readonly record struct RunKey([property: Id(0)] string Architecture, [property: Id(1)] int Split)
    : IComparable<RunKey>
{
    /// <summary>By split, then by network: the order in which equals are taken up, so that all networks advance together.</summary>
    public int CompareTo(RunKey other)
    {
        int bySplit = Split.CompareTo(other.Split);
        return bySplit != 0 ? bySplit : string.CompareOrdinal(Architecture, other.Architecture);
    }

    /// <summary>"resnet50/3".</summary>
    public override string ToString() => $"{Architecture}/{Split}";
}
