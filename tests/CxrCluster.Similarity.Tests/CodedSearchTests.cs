using CxrCluster.Similarity.Scanning;

namespace CxrCluster.Similarity.Tests;

/// <summary>Indexes of more than one full segment, so that codes decide what is measured.</summary>
public sealed class CodedSearchTests
{
    private const int Rows = 2 * Segment<int>.Rows + 1000;

    /// <summary>Families of vectors that are hard in their own way.</summary>
    public static TheoryData<string> Families =>
        ["uniform", "rectified", "ties", "duplicates", "constant", "outliers", "huge", "tiny", "far", "clusters"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Search_SeveralSegments_EqualsNaiveSort(string family)
    {
        var random = new Random(7);
        const int dimension = 24;
        var rows = Enumerable.Range(0, Rows).Select(id => (Id: id, Vector: Vector(family, dimension, random))).ToList();
        EmbeddingIndex<int> index = Filled(dimension, rows);
        float[][] queries =
        [
            .. Enumerable.Range(0, 5).Select(_ => Vector(family, dimension, random)),
            rows[17].Vector,
            new float[dimension],
            [.. Enumerable.Repeat(1e30f, dimension)],
            [.. Vector("uniform", dimension, random).Select(value => value * 1e-20f)],
        ];
        foreach (int k in new[] { 1, 4, 60 })
        {
            var answers = index.Search(queries, k, threads: 3);
            for (int q = 0; q < queries.Length; q++)
            {
                var truth = VectorCase.Nearest(rows, queries[q], k);
                Assert.Equal(truth, answers[q]);
                Assert.Equal(truth, index.Search(queries[q], k));
            }
        }
    }

    [Fact]
    public void Search_RareFilter_EqualsNaiveSortOfTheWanted()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, Rows).Select(id => (Id: id, Vector: Vector("rectified", 16, random))).ToList();
        float[] query = Vector("rectified", 16, random);
        static bool Wanted(int id) => id % 997 == 5;

        Assert.Equal(
            VectorCase.Nearest(rows.Where(row => Wanted(row.Id)), query, 12),
            Filled(16, rows).Search(query, 12, Wanted, threads: 2)
        );
    }

    [Fact]
    public void Search_AfterReplacingAndRemovingInFullSegments_EqualsNaiveSort()
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, Rows).ToDictionary(id => id, _ => Vector("uniform", 8, random));
        EmbeddingIndex<int> index = Filled(8, rows.Select(row => (row.Key, row.Value)));
        for (int i = 0; i < 1500; i++)
        {
            int id = random.Next(Rows);
            Assert.Equal(rows.Remove(id), index.Remove(id));
        }
        var replaced = rows.Keys.Where(id => id % 50 == 0).Select(id => (id, Vector("far", 8, random))).ToList();
        index.Upsert(replaced);
        foreach ((int id, float[] vector) in replaced)
            rows[id] = vector;

        for (int i = 0; i < 10; i++)
        {
            float[] query = Vector(i < 5 ? "uniform" : "far", 8, random);
            Assert.Equal(
                VectorCase.Nearest(rows.Select(row => (row.Key, row.Value)), query, 30),
                index.Search(query, 30)
            );
        }
        Assert.Equal(rows.Count, index.Count);
    }

    [Fact]
    public async Task Search_WhileOthersAppend_EqualsNaiveSortOfAPrefix()
    {
        // Ids are appended in order, so that what a search saw is a prefix: everything acknowledged before it, at least.
        var random = new Random(13);
        var rows = Enumerable.Range(0, Rows).Select(id => (Id: id, Vector: Vector("uniform", 8, random))).ToList();
        float[] query = Vector("uniform", 8, random);
        var index = new EmbeddingIndex<int>(8);
        Task writing = Task.Run(
            () =>
            {
                foreach (var chunk in rows.Chunk(37))
                    index.Upsert(chunk);
            },
            TestContext.Current.CancellationToken
        );
        var answers = new List<(int AtLeast, IReadOnlyList<(int Id, double Distance)> Found, int AtMost)>();
        do
        {
            int before = index.Count;
            var found = index.Search(query, 5);
            answers.Add((before, found, index.Count));
        } while (!writing.IsCompleted);
        await writing;

        var truths = Prefixes(rows, query, 5);
        Assert.All(
            answers,
            answer =>
                Assert.Contains(
                    truths,
                    t => Covers(t, answer.AtLeast, answer.AtMost) && t.Nearest.SequenceEqual(answer.Found)
                )
        );

        static bool Covers((int From, int To, List<(int, double)> Nearest) truth, int atLeast, int atMost) =>
            truth.From <= atMost && truth.To >= atLeast;
    }

    /// <summary>The nearest of every prefix: from how many rows up to how many they stay the same.</summary>
    private static List<(int From, int To, List<(int, double)> Nearest)> Prefixes(
        List<(int Id, float[] Vector)> rows,
        float[] query,
        int k
    )
    {
        var truths = new List<(int, int, List<(int, double)>)>();
        var nearest = new List<(int Id, double Distance)>();
        int from = 0;
        for (int count = 1; count <= rows.Count; count++)
        {
            (int id, float[] vector) = rows[count - 1];
            var next = nearest
                .Append((id, EuclideanDistance.Between(query, vector)))
                .OrderBy(n => n.Item2)
                .ThenBy(n => n.Item1)
                .Take(k)
                .ToList();
            if (next.SequenceEqual(nearest))
                continue;
            truths.Add((from, count - 1, nearest));
            (from, nearest) = (count, next);
        }
        truths.Add((from, rows.Count, nearest));
        return truths;
    }

    private static EmbeddingIndex<int> Filled(int dimension, IEnumerable<(int Id, float[] Vector)> rows)
    {
        var index = new EmbeddingIndex<int>(dimension);
        index.Upsert([.. rows]);
        return index;
    }

    private static float[] Vector(string family, int dimension, Random random)
    {
        double Uniform() => 2 * random.NextDouble() - 1;
        Func<double> component = family switch
        {
            "uniform" => Uniform,
            "rectified" => () => Math.Max(0, Uniform()),
            "ties" => () => random.Next(-1, 2),
            "duplicates" => () => 0.1,
            "constant" => () => 3,
            "outliers" => () => random.Next(5000) == 0 ? 1e12 : Uniform(),
            "huge" => () => 3e38 * Uniform(),
            "tiny" => () => random.Next(-3, 4) * (double)float.Epsilon,
            "far" => () => 1e6 + Uniform(),
            "clusters" => () => random.Next(3) + 1e-6 * Uniform(),
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No such family."),
        };
        float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => (float)component())];
        if (family == "duplicates")
            vector[0] = random.Next(40);
        return vector;
    }
}
