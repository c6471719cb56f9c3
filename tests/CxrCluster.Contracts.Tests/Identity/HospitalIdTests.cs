using CxrCluster.Contracts.Identity;
using FsCheck;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class HospitalIdTests : OrderedIdTests<HospitalId>
{
    protected override Gen<string> Valid => Word("abz09", "abz09-", 32);

    protected override IReadOnlyList<string> Invalid =>
        ["", " ", "-north", "North", "north ", "north\n", "nord_ost", "é", "a/b", "a.b", new string('a', 33)];
}
