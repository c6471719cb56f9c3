using CxrCluster.Contracts.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class SopInstanceUidTests : OrderedIdTests<SopInstanceUid>
{
    protected override Gen<string> Valid =>
        from count in Gen.Choose(2, 6)
        from parts in Gen.OneOf(Gen.Constant(0L), Gen.Choose(1, int.MaxValue).Select(part => (long)part)).ArrayOf(count)
        let text = string.Join('.', parts)
        where text.Length <= 64
        select text;

    protected override IReadOnlyList<string> Invalid =>
        [
            "",
            "1",
            ".",
            "1.",
            ".1",
            "1..2",
            "1.02",
            "01.2",
            "1.2a",
            "1.2\n",
            " 1.2",
            "1.\u0663",
            "1." + new string('1', 63),
        ];
}
