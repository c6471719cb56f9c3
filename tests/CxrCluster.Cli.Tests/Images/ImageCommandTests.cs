using CxrCluster.Imaging;

namespace CxrCluster.Cli.Tests.Images;

public sealed class ImageCommandTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Preprocess_Image_WritesTheSquare()
    {
        TestImages.Write(_folder.Root, 1);

        CliResult result = await Cxr.RunAsync(
            "preprocess",
            _folder["img-000.png"],
            "--out",
            _folder["out/square.png"],
            "--side",
            "80",
            "--steps",
            "crop,pad,resize"
        );

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([_folder["out/square.png"]], result.Lines);
        Radiograph square = RadiographReader.ReadFile(_folder["out/square.png"]);
        Assert.Equal((80, 80, 8), (square.Width, square.Height, square.BitDepth));
    }

    [Fact]
    public async Task Augment_Image_DrawsTheGridAndRepeatsItByItsSeed()
    {
        TestImages.Write(_folder.Root, 1);

        CliResult result = await AugmentAsync("a.png", "1");
        await AugmentAsync("b.png", "1");
        await AugmentAsync("c.png", "2");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([_folder["a.png"]], result.Lines);
        byte[] grid = File.ReadAllBytes(_folder["a.png"]);
        Radiograph drawn = RadiographReader.ReadFile(_folder["a.png"]);
        Assert.True(drawn.Width > 600 && drawn.Height > 600, $"{drawn.Width} x {drawn.Height}");
        Assert.Equal(grid, File.ReadAllBytes(_folder["b.png"]));
        Assert.NotEqual(grid, File.ReadAllBytes(_folder["c.png"]));

        Task<CliResult> AugmentAsync(string name, string seed) =>
            Cxr.RunAsync(
                "augment",
                _folder["img-000.png"],
                "--out",
                _folder[name],
                "--seed",
                seed,
                "--count",
                "3",
                "--side",
                "64"
            );
    }

    [Fact]
    public async Task Segment_Image_WritesAMapOfTheModelsSide()
    {
        TestImages.Write(_folder.Root, 1);

        CliResult result = await Cxr.RunAsync(
            "segment",
            _folder["img-000.png"],
            "--model",
            bundle.Path,
            "--out",
            _folder["lungs.png"]
        );

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(64, RadiographReader.ReadFile(_folder["lungs.png"]).Width);
        Assert.Matches("Lung covers [0-9.]+ %", result.Error);
    }

    [Theory]
    [InlineData("text.png")]
    [InlineData("missing.png")]
    public async Task Preprocess_NoPicture_SaysWhatIsWrongAndWritesNothing(string name)
    {
        await File.WriteAllTextAsync(_folder["text.png"], "no picture", TestContext.Current.CancellationToken);

        CliResult result = await Cxr.RunAsync("preprocess", _folder[name], "--out", _folder["square.png"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(_folder["square.png"]));
    }
}
