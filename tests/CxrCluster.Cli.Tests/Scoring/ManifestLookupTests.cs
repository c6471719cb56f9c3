using CxrCluster.Cli.Scoring;
using CxrCluster.Cli.Terminal;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Scoring;

public sealed class ManifestLookupTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("images/manifest.csv")]
    [InlineData("manifest.csv")]
    public void Describe_ManifestInOrBesideTheFolder_IsUsedAndSaid(string place)
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 4);
        CohortManifest.Write(_folder[place], [.. TestImages.Rows(names).Take(3)]);

        IReadOnlyList<ImageInput> inputs = Describe(names);

        Assert.Equal(["north", "north", "south", "local"], inputs.Select(i => i.Origin.Hospital.Value));
        Assert.Equal(["p0", "p0", "p1", null], inputs.Select(i => i.Origin.PatientId));
        Assert.Contains($"of 3 images come from {_folder[place]}", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 inputs are in no manifest", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_ManifestOfOtherImages_IsNotUsed()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 2);
        CohortManifest.Write(_folder["manifest.csv"], TestImages.Rows(["elsewhere.png"]));

        Assert.All(Describe(names), i => Assert.Equal("local", i.Origin.Hospital.Value));
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Describe_FileOfThatNameThatIsNoManifest_IsLeftAloneWithAWarning()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 2);
        File.WriteAllText(_folder["manifest.csv"], "name,size\nx,1\n");

        Assert.All(Describe(names), i => Assert.Equal("local", i.Origin.Hospital.Value));
        Assert.Contains("warning: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("It is not used", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_HospitalThatIsNoId_IsRefusedWithTheRule()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 1);
        CohortManifest.Write(_folder["manifest.csv"], [TestImages.Rows(names)[0] with { Hospital = "North General" }]);

        var exception = Assert.Throws<InvalidManifestException>(() => Describe(names));

        Assert.Contains("'North General' of img-000.png", exception.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<ImageInput> Describe(IReadOnlyList<string> names)
    {
        var terminal = new CliTerminal(TextWriter.Null, _error, TerminalTraits.Redirected, TimeProvider.System);
        return new ManifestLookup(terminal, named: null).Describe([
            .. names.Select(n => (Path.Combine(_folder["images"], n), (string?)null)),
        ]);
    }
}
