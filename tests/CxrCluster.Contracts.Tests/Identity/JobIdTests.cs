using CxrCluster.Contracts.Identity;
using FsCheck;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class JobIdTests : OrderedIdTests<JobId>
{
    protected override Gen<string> Valid => Word("abz09", "abz09-", 64);

    protected override IReadOnlyList<string> Invalid => ["", "-a", "A", "a\n", "a/b", new string('a', 65)];
}
