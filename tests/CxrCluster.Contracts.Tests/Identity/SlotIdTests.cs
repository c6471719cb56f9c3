using CxrCluster.Contracts.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class SlotIdTests : IdTests<SlotId>
{
    protected override Gen<string> Valid =>
        from node in Word("abz09", "abz09.-", 63)
        from ordinal in Gen.Choose(0, 1000)
        select $"{node}/{ordinal}";

    protected override IReadOnlyList<string> Invalid =>
        ["", "/", "a", "a/", "/0", "a/-1", "a/ 1", "a/1\n", "a/b", "a/0/1", "A/0", "a/99999999999"];
}
