using CxrCluster.Contracts.Identity;
using FsCheck;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class NodeNameTests : OrderedIdTests<NodeName>
{
    protected override Gen<string> Valid => Word("abz09", "abz09.-", 63);

    protected override IReadOnlyList<string> Invalid => ["", ".a", "-a", "A", "a\n", "a/0", new string('a', 64)];
}
