using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Similarity.Tests;

public sealed class EmbeddingIndexTests
{
    private static readonly Arbitrary<int> AnyK = Gen.OneOf(Gen.Constant(1), Gen.Choose(2, 80)).ToArbitrary();

    [Fact]
    public void Search_AnyVectors_EqualsNaiveSort() =>
        Prop.ForAll(
                VectorCase.Any,
                AnyK,
                (set, k) =>
                    set.Index(set.Rows())
                        .Search(set.Query, k)
                        .SequenceEqual(VectorCase.Nearest(set.Rows(), set.Query, k))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Search_AnyFilter_EqualsNaiveSortOfTheWanted() =>
        Prop.ForAll(
                VectorCase.Any,
                AnyK,
                (set, k) =>
                {
                    bool Wanted(int id) => id % 3 != 0;
                    var truth = VectorCase.Nearest(set.Rows().Where(row => Wanted(row.Id)), set.Query, k);
                    return set.Index(set.Rows()).Search(set.Query, k, Wanted).SequenceEqual(truth);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Search_AfterUpsertsAndRemovals_EqualsNaiveSortOfWhatIsLeft() =>
        Prop.ForAll(
                VectorCase.Any,
                // A short range of ids, so that most operations meet an id that is there.
                Gen.Choose(-8, 8).ListOf().ToArbitrary(),
                (set, operations) =>
                {
                    var index = new EmbeddingIndex<int>(set.Query.Length);
                    Dictionary<int, float[]> model = [];
                    bool answersAgree = true;
                    for (int i = 0; i < operations.Count && set.Vectors.Length > 0; i++)
                    {
                        int id = Math.Abs(operations[i]);
                        float[] vector = set.Vectors[i % set.Vectors.Length];
                        if (operations[i] < 0)
                            answersAgree &= index.Remove(id) == model.Remove(id);
                        else
                        {
                            index.Upsert(id, vector);
                            model[id] = vector;
                        }
                    }
                    var truth = VectorCase.Nearest(model.Select(entry => (entry.Key, entry.Value)), set.Query, 100);
                    return answersAgree
                        && index.Count == model.Count
                        && index.Search(set.Query, 100).SequenceEqual(truth);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Search_LargeIndex_EqualsNaiveSort()
    {
        var random = new Random(5);
        float[] Vector() => [.. Enumerable.Range(0, 128).Select(_ => random.NextSingle())];
        var set = new VectorCase([.. Enumerable.Range(0, 5000).Select(_ => Vector())], Vector());

        Assert.Equal(VectorCase.Nearest(set.Rows(), set.Query, 50), set.Index(set.Rows()).Search(set.Query, 50));
    }

    [Fact]
    public void Search_EqualDistances_OrdersById()
    {
        var index = new EmbeddingIndex<string>(2);
        foreach (string id in new[] { "d", "b", "a", "c" })
            index.Upsert(id, [1, 0]);

        Assert.Equal([("a", 1.0), ("b", 1.0)], index.Search([0, 0], 2));
    }

    [Fact]
    public void Search_NearlyEqualDistances_AreToldApartInDouble()
    {
        // In float32 both squares sum to 1; in double the second vector is nearer.
        var index = new EmbeddingIndex<int>(2);
        index.Upsert(1, [1, 2e-5f]);
        index.Upsert(2, [1, 1e-5f]);

        Assert.Equal(2, index.Search([0, 0], 1)[0].Id);
    }

    [Fact]
    public void Search_BeyondTheRangeOfFloat_StillMeasures()
    {
        var index = new EmbeddingIndex<int>(1);
        index.Upsert(1, [float.MaxValue]);
        index.Upsert(2, [float.MaxValue / 2]);

        var nearest = index.Search([-float.MaxValue], 1)[0];
        Assert.Equal((2, 1.5 * float.MaxValue), nearest);
    }

    [Fact]
    public void Search_EmptyIndex_ReturnsNothing() => Assert.Empty(new EmbeddingIndex<int>(3).Search([1, 2, 3], 4));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Search_KBelowOne_IsRefused(int k) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingIndex<int>(1).Search([1], k));

    [Fact]
    public void Constructor_DimensionBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingIndex<int>(0));

    [Fact]
    public void Upsert_OtherDimension_IsRefusedWithASentence()
    {
        var index = new EmbeddingIndex<int>(3);

        var exception = Assert.Throws<ArgumentException>(() => index.Upsert(7, [1, 2]));
        Assert.StartsWith(
            "The vector of 7 has 2 components but the index has dimension 3: use embeddings of the same model.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, index.Count);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Upsert_NotFinite_IsRefusedAndKeepsTheOldVector(float component)
    {
        var index = new EmbeddingIndex<int>(2);
        index.Upsert(7, [1, 1]);

        Assert.Throws<ArgumentException>(() => index.Upsert(7, [0, component]));
        Assert.Throws<ArgumentException>(() => index.Search([0, component], 1));
        Assert.Equal((7, 0.0), index.Search([1, 1], 1)[0]);
    }

    [Fact]
    public void Remove_UnknownId_ReturnsFalse() => Assert.False(new EmbeddingIndex<int>(2).Remove(1));
}
