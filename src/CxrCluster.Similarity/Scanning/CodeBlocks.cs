namespace CxrCluster.Similarity.Scanning;

/// <summary>
/// The memory layout of 8-bit codes: blocks of 16 vectors; within a block, groups of four components; within a group, the
/// four bytes of each of the 16 vectors. One 512-bit register holds a group, so sixteen products grow side by side and
/// none has to be summed across a register.
/// </summary>
internal static class CodeBlocks
{
    /// <summary>Vectors per block.</summary>
    public const int Vectors = 16;

    /// <summary>Components per group.</summary>
    public const int Group = 4;

    /// <summary>Groups of a vector; missing components of the last one are zero in the query.</summary>
    public static int Groups(int dimension) => (dimension + Group - 1) / Group;

    /// <summary>Bytes of a block.</summary>
    public static int Bytes(int dimension) => Groups(dimension) * Vectors * Group;

    /// <summary>Where the code of a component lies.</summary>
    public static int Offset(int dimension, int row, int component) =>
        row / Vectors * Bytes(dimension)
        + component / Group * (Vectors * Group)
        + row % Vectors * Group
        + component % Group;
}
