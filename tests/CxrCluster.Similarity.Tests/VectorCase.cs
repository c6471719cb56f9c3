using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Similarity.Tests;

/// <summary>Random vectors and a query, often with equal vectors and equal distances, over many orders of magnitude.</summary>
internal sealed record VectorCase(float[][] Vectors, float[] Query)
{
    private static readonly Gen<float> Component = Gen.OneOf(
        Gen.Choose(-2, 2).Select(value => (float)value),
        Gen.Choose(-1000, 1000).Select(value => value / 997f)
    );

    private static readonly Gen<float> Scale = Gen.Elements(1f, 1f, 1e-3f, 1e-25f, 1e25f, 1e36f);

    /// <summary>Dimension 1 to 40 (below, at and above the width of SIMD registers), up to 60 vectors.</summary>
    public static Arbitrary<VectorCase> Any { get; } =
        (
            from dimension in Gen.Choose(1, 40)
            from count in Gen.Choose(0, 60)
            from scale in Scale
            from vectors in Component.Select(value => value * scale).ArrayOf(dimension).ArrayOf(count)
            from query in Component.Select(value => value * scale).ArrayOf(dimension)
            select new VectorCase(vectors, query)
        ).ToArbitrary();

    /// <summary>The naive answer: measure everything in double, sort, take.</summary>
    public static (int Id, double Distance)[] Nearest(
        IEnumerable<(int Id, float[] Vector)> rows,
        float[] query,
        int k
    ) =>
        [
            .. rows.Select(row =>
                    (
                        row.Id,
                        Distance: Math.Sqrt(row.Vector.Zip(query, (x, y) => ((double)x - y) * ((double)x - y)).Sum())
                    )
                )
                .OrderBy(row => row.Distance)
                .ThenBy(row => row.Id)
                .Take(k),
        ];

    /// <summary>The vectors numbered downwards, so that insertion order is not id order.</summary>
    public (int Id, float[] Vector)[] Rows() => [.. Vectors.Select((vector, i) => (Vectors.Length - i, vector))];

    /// <summary>An index of some rows.</summary>
    public EmbeddingIndex<int> Index(IEnumerable<(int Id, float[] Vector)> rows)
    {
        var index = new EmbeddingIndex<int>(Query.Length);
        foreach ((int id, float[] vector) in rows)
            index.Upsert(id, vector);
        return index;
    }
}
