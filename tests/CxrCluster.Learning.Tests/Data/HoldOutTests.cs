using CxrCluster.Learning.Data;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Learning.Tests.Data;

public sealed class HoldOutTests
{
    [Fact]
    public void Split_AnyCount_PartsTheItemsInOrder()
    {
        var cases = Gen.Choose(0, 40)
            .SelectMany(n => Gen.Choose(0, n).Zip(Gen.Choose(-5, 5), (k, seed) => (n, k, seed)));
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                cases.ToArbitrary(),
                c =>
                {
                    var items = Enumerable.Range(0, c.n).ToList();
                    var (train, heldOut) = HoldOut.Split(items, i => $"{i}", c.k, c.seed);
                    Assert.Equal(c.k, heldOut.Count);
                    Assert.Equal(items, train.Concat(heldOut).Order());
                    Assert.Equal(train.Order(), train);
                    Assert.Equal(heldOut.Order(), heldOut);
                }
            )
        );
    }

    [Fact]
    public void Split_OtherOrder_HoldsOutTheSameItems()
    {
        var items = Enumerable.Range(0, 98).ToList();

        var one = HoldOut.Split(items, i => $"{i}", 20, seed: 3).HeldOut;
        var other = HoldOut.Split([.. items.AsEnumerable().Reverse()], i => $"{i}", 20, seed: 3).HeldOut;

        Assert.Equal(one, other.Order());
    }

    [Fact]
    public void Split_OtherSeed_HoldsOutOthers()
    {
        var items = Enumerable.Range(0, 98).ToList();

        Assert.NotEqual(
            HoldOut.Split(items, i => $"{i}", 20, seed: 1).HeldOut,
            HoldOut.Split(items, i => $"{i}", 20, seed: 2).HeldOut
        );
    }
}
