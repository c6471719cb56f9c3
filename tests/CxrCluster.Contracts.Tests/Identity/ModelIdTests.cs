using CxrCluster.Contracts.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

public sealed class ModelIdTests : OrderedIdTests<ModelId>
{
    protected override Gen<string> Valid =>
        from name in Word("abz09", "abz09.-", 63)
        from version in Word("abf09", "abf09", 63)
        select $"{name}@{version}";

    protected override IReadOnlyList<string> Invalid =>
        ["", "@", "covid", "covid@", "@1", "covid@1@2", "Covid@1", "covid@1\n", "covid @1", new string('a', 64) + "@1"];

    [Fact]
    public void Constructor_Parts_AreKeptApart()
    {
        var id = new ModelId("covid", "3f9c2d11a7e04b5c");

        Assert.Equal(("covid", "3f9c2d11a7e04b5c", "covid@3f9c2d11a7e04b5c"), (id.Name, id.Version, id.ToString()));
    }
}
