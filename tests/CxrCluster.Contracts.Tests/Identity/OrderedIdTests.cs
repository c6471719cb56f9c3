using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

/// <summary>What holds for every id that also has an order.</summary>
public abstract class OrderedIdTests<TId> : IdTests<TId>
    where TId : struct, IParsable<TId>, IEquatable<TId>, IComparable<TId>
{
    [Fact]
    public void CompareTo_TwoValidTexts_AsTheTextsInOrdinalOrder() =>
        Prop.ForAll(
                Valid.ToArbitrary(),
                Valid.ToArbitrary(),
                (x, y) => Math.Sign(Parse(x).CompareTo(Parse(y))) == Math.Sign(string.CompareOrdinal(x, y))
            )
            .QuickCheckThrowOnFailure();
}
