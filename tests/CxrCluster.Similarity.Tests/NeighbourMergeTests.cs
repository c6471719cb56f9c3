using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Similarity.Tests;

public sealed class NeighbourMergeTests
{
    [Fact]
    public void Merge_AnswersOfShards_EqualsOneIndex() =>
        Prop.ForAll(
                VectorCase.Any,
                Gen.Choose(1, 30).ToArbitrary(),
                Gen.Choose(1, 6).ToArbitrary(),
                (set, k, shards) =>
                {
                    var answers = set.Rows()
                        .GroupBy(row => row.Id % shards)
                        .Select(shard => set.Index(shard).Search(set.Query, k));
                    return Merge(answers, k).SequenceEqual(set.Index(set.Rows()).Search(set.Query, k));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_SameIdTwice_CountsOnceAtItsLeastDistance() =>
        Assert.Equal(
            [(1, 2.0), (3, 4.0)],
            Merge(
                [
                    [(1, 5.0), (4, 6.0)],
                    [(1, 2.0), (3, 4.0)],
                ],
                2
            )
        );

    [Fact]
    public void Merge_NoLists_ReturnsNothing() => Assert.Empty(Merge([], 3));

    [Fact]
    public void Merge_KBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Merge(
                [
                    [(1, 1.0)],
                ],
                0
            )
        );

    private static IReadOnlyList<(int Id, double Distance)> Merge(
        IEnumerable<IReadOnlyList<(int Id, double Distance)>> lists,
        int k
    ) => NeighbourMerge.Merge(lists, k, neighbour => neighbour.Distance, neighbour => neighbour.Id);
}
