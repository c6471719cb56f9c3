using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests.Pixels;

/// <summary>What a header means for the pixels: each of these has changed pictures silently somewhere.</summary>
public sealed class GrayscaleTests(SharedPool shared) : IClassFixture<SharedPool>
{
    private const int Side = 64;
    private const int White = ushort.MaxValue;

    // Every value of 12 bits once.
    private static readonly int[] Ramp = [.. Enumerable.Range(0, Side * Side)];

    [Fact]
    public async Task Monochrome1_IsInverted() =>
        Assert.Equal(
            Ramp.Select(v => 4095 - v),
            Levels(await ReadAsync(Chest().Text(0x0028_0004, "CS", "MONOCHROME1")))
        );

    [Fact]
    public async Task BitsAboveTheHighBit_AreMasked() =>
        // overlays of old machines
        Assert.Equal(Ramp, Levels(await ReadAsync(Chest([.. Ramp.Select(v => v | ((v % 3) << 12))]))));

    [Fact]
    public async Task HighBitAtTheTop_ShiftsTheValue() =>
        Assert.Equal(Ramp, Levels(await ReadAsync(Chest([.. Ramp.Select(v => v << 4)]).Shorts(0x0028_0102, "US", 15))));

    [Fact]
    public async Task Signed_CountsFromTheLeastValue()
    {
        var image = await ReadAsync(Chest([.. Ramp.Select(v => (v - 1000) & 0xffff)], 16).Shorts(0x0028_0103, "US", 1));

        Assert.Equal(Ramp, Levels(image));
        Assert.Equal(12, image.BitDepth);
    }

    [Fact]
    public async Task Signed_TwelveBits_AreExtended() =>
        Assert.Equal(
            Ramp,
            Levels(await ReadAsync(Chest([.. Ramp.Select(v => (v - 2048) & 0xfff)]).Shorts(0x0028_0103, "US", 1)))
        );

    [Fact]
    public async Task Window_AppliesAfterSlopeAndIntercept()
    {
        // x = 2 v - 1024; window 0..1023 is v 512..1023.5
        var image = await ReadAsync(
            Chest()
                .Text(0x0028_1050, "DS", "512")
                .Text(0x0028_1051, "DS", "1024")
                .Text(0x0028_1052, "DS", "-1024")
                .Text(0x0028_1053, "DS", "2")
        );

        Assert.Equal(
            Ramp.Select(v => (int)Math.Round(Math.Clamp(((2.0 * v) - 1024) / 1023, 0, 1) * White)),
            Levels(image)
        );
    }

    [Fact]
    public async Task NegativeSlope_WithoutWindow_InvertsThePicture() =>
        Assert.Equal(
            Ramp.Select(v => 4095 - v),
            Levels(await ReadAsync(Chest().Text(0x0028_1052, "DS", "4095").Text(0x0028_1053, "DS", "-1")))
        );

    [Fact]
    public async Task WindowOfTheWholeRange_LeavesTheValues() =>
        Assert.Equal(
            Ramp,
            Levels(await ReadAsync(Chest().Text(0x0028_1050, "DS", "2048").Text(0x0028_1051, "DS", "4096")))
        );

    [Theory]
    [InlineData("LINEAR_EXACT")]
    [InlineData("SIGMOID")]
    public async Task WindowFunction_IsTheStandards(string function)
    {
        var image = await ReadAsync(
            Chest()
                .Text(0x0028_1050, "DS", @"1000\2000")
                .Text(0x0028_1051, "DS", @"500\100")
                .Text(0x0028_1056, "CS", function)
        );

        Assert.Equal(
            Ramp.Select(v =>
                (int)
                    Math.Round(
                        White
                            * (
                                function == "SIGMOID"
                                    ? 1 / (1 + Math.Exp(-4 * (v - 1000.0) / 500))
                                    : Math.Clamp(((v - 1000.0) / 500) + 0.5, 0, 1)
                            )
                    )
            ),
            Levels(image)
        );
    }

    [Theory]
    [InlineData("60000", "10")]
    [InlineData("2048", "0")]
    [InlineData("nonsense", "4096")]
    public async Task WindowThatShowsNothing_IsIgnored(string centre, string width) =>
        Assert.Equal(
            Ramp,
            Levels(await ReadAsync(Chest().Text(0x0028_1050, "DS", centre).Text(0x0028_1051, "DS", width)))
        );

    [Fact]
    public async Task ModalityLut_WinsOverSlopeAndIntercept()
    {
        var image = await ReadAsync(
            Chest()
                .Text(0x0028_1053, "DS", "7")
                .Sequence(
                    0x0028_3000,
                    item =>
                        item.Shorts(0x0028_3002, "US", 4000, 50, 14)
                            .Shorts(0x0028_3006, "US", Table(4000, i => 16383 - (4 * i)))
                )
        );

        Assert.Equal(Ramp.Select(v => 16383 - (4 * Math.Clamp(v - 50, 0, 3999))), Levels(image));
        Assert.Equal(14, image.BitDepth);
    }

    [Fact]
    public async Task VoiLut_WinsOverWindow()
    {
        var image = await ReadAsync(
            Chest()
                .Text(0x0028_1050, "DS", "100")
                .Text(0x0028_1051, "DS", "100")
                .Sequence(
                    0x0028_3010,
                    item =>
                        item.Shorts(0x0028_3002, "US", 4096, 0, 16).Shorts(0x0028_3006, "US", Table(4096, i => i * 16))
                )
        );

        Assert.Equal(Ramp.Select(v => v * 16), Levels(image));
    }

    [Theory]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.BigEndian)]
    public async Task LookupTables_AreReadInEverySyntax(string syntax)
    {
        var image = await ReadAsync(
            Chest(syntax: syntax)
                .Sequence(
                    0x0028_3000,
                    item =>
                        item.Shorts(0x0028_3002, "US", 4096, 0, 12)
                            .Shorts(0x0028_3006, "US", Table(4096, i => 4095 - i))
                )
        );

        Assert.Equal(Ramp.Select(v => 4095 - v), Levels(image));
    }

    [Fact]
    public async Task LookupTable_ShorterThanItSays_IsRefused() =>
        await RefusedAsync(
            Chest()
                .Sequence(0x0028_3000, i => i.Shorts(0x0028_3002, "US", 4096, 0, 12).Shorts(0x0028_3006, "US", 1, 2)),
            "lookup table is damaged"
        );

    [Theory]
    [InlineData("MONOCHROME1")]
    [InlineData("MONOCHROME2")]
    public async Task Padding_IsBlackWhateverThePolarity(string photometric)
    {
        var image = await ReadAsync(
            Chest().Text(0x0028_0004, "CS", photometric).Shorts(0x0028_0120, "US", 4095).Shorts(0x0028_0121, "US", 4000)
        );

        Assert.Equal(
            Ramp.Select(v =>
                v >= 4000 ? 0
                : photometric == "MONOCHROME1" ? 4095 - v
                : v
            ),
            Levels(image)
        );
    }

    [Theory]
    [InlineData(0x0028_0034u, "IS", @"2\1", 64, 128)]
    [InlineData(0x0028_0030u, "DS", @"0.1\0.2", 128, 64)]
    [InlineData(0x0018_1164u, "DS", @"0.15\0.10", 64, 96)]
    [InlineData(0x0018_1164u, "DS", @"0.150\0.151", 64, 64)]
    [InlineData(0x0028_0030u, "DS", @"0.000\0.000", 64, 64)]
    public async Task PixelAspect_IsMadeSquare(uint tag, string vr, string ratio, int width, int height)
    {
        var image = await ReadAsync(Chest().Text(tag, vr, ratio));

        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public async Task PixelAspect_ThatNoDetectorHas_IsRefused() =>
        await RefusedAsync(Chest().Text(0x0028_0034, "IS", @"50\1"), "pixel spacing");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Colour_BecomesLuminance(int planar)
    {
        byte[] red = [.. Ramp.Select(v => (byte)v)];
        byte[] green = [.. Ramp.Select(v => (byte)(v * 3))];
        byte[] blue = [.. Ramp.Select(v => (byte)(v * 7))];
        byte[] pixels =
            planar == 1 ? [.. red, .. green, .. blue] : [.. Ramp.SelectMany(i => new[] { red[i], green[i], blue[i] })];

        var image = await ReadAsync(
            DicomBuilder
                .Chest(Side, Side, 8)
                .Shorts(0x0028_0002, "US", 3)
                .Text(0x0028_0004, "CS", "RGB")
                .Shorts(0x0028_0006, "US", planar)
                .Pixels8(pixels)
        );

        Assert.Equal(
            Ramp.Select(i => ((299 * red[i]) + (587 * green[i]) + (114 * blue[i]) + 500) / 1000),
            Levels(image)
        );
    }

    [Fact]
    public async Task SeveralFrames_TheFirstIsReadOrTheImageRefusedByPolicy()
    {
        var builder = Chest([.. Ramp, .. Ramp.Select(v => 4095 - v)]).Text(0x0028_0008, "IS", "2");
        var strict = new DicomReader(new DicomOptions { MultiFrame = MultiFramePolicy.Refuse }, shared.Pool);

        Assert.Equal(Ramp, Levels(await ReadAsync(builder)));
        var refusal = await Assert.ThrowsAsync<IneligibleImageException>(() =>
            strict.ReadAsync(builder.Build(), "file", TestContext.Current.CancellationToken)
        );
        Assert.Equal(DicomExclusionKind.MultiFrame, refusal.Exclusion.Kind);
    }

    [Theory]
    [InlineData(0x0028_0100u, 32, "8 to 16 bits")]
    [InlineData(0x0028_0101u, 4, "8 to 16 bits")]
    [InlineData(0x0028_0101u, 17, "8 to 16 bits")]
    [InlineData(0x0028_0102u, 16, "8 to 16 bits")]
    [InlineData(0x0028_0010u, 65, "cut off")]
    [InlineData(0x0028_0010u, 16, "too few")]
    [InlineData(0x0028_0002u, 2, "not supported")]
    public async Task PixelModule_ThatMakesNoSense_IsRefused(uint tag, int value, string cause) =>
        await RefusedAsync(Chest().Shorts(tag, "US", value), cause);

    [Fact]
    public async Task FlatPicture_IsRefused() => await RefusedAsync(Chest([.. Ramp.Select(_ => 17)]), "flat gray");

    private static DicomBuilder Chest(int[]? samples = null, int bits = 12, string syntax = DicomBuilder.Explicit) =>
        DicomBuilder.Chest(Side, Side, bits, syntax).Pixels(samples ?? Ramp);

    private static int[] Table(int entries, Func<int, int> value) => [.. Enumerable.Range(0, entries).Select(value)];

    private static IEnumerable<int> Levels(Radiograph r) => r.Pixels.Select(p => (int)p);

    private async Task<Radiograph> ReadAsync(DicomBuilder builder) =>
        (await shared.Reader.ReadAsync(builder.Build(), "file", TestContext.Current.CancellationToken)).Radiograph;

    private async Task RefusedAsync(DicomBuilder builder, string cause)
    {
        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(builder));
        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
    }
}
