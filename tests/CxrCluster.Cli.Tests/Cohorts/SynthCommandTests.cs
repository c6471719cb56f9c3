using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Cohorts;

public sealed class SynthCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Synth_EqualSeeds_GiveEqualBytes()
    {
        string[] arguments = ["--patients", "3", "--hospitals", "2", "--side", "64", "--seed", "4"];

        CliResult one = await Cxr.RunAsync(["synth", "--out", _folder["a"], .. arguments]);
        CliResult two = await Cxr.RunAsync(["synth", "--out", _folder["b"], .. arguments]);

        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
        Assert.Equal([_folder["a/manifest.csv"]], one.Lines);
        foreach (CohortRow row in CohortManifest.Read(_folder["a/manifest.csv"]))
            Assert.Equal(Bytes($"a/images/{row.Image}"), Bytes($"b/images/{row.Image}"));
        Assert.Equal(Bytes("a/manifest.csv"), Bytes("b/manifest.csv"));
    }

    [Fact]
    public async Task Synth_FolderWithOtherThings_IsLeftAlone()
    {
        await File.WriteAllTextAsync(_folder["thesis.txt"], "mine", TestContext.Current.CancellationToken);

        CliResult result = await Cxr.RunAsync("synth", "--out", _folder.Root);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(_folder.Root, result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["thesis.txt"], TestContext.Current.CancellationToken));
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(_folder[name]);
}
