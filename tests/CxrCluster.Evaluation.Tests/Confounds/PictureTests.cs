using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Evaluation.Tests.Confounds;

public sealed class PictureTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(64)]
    [InlineData(97)]
    public void Border_InnerPixels_DoNotCount(int side)
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)51, side * side)];
        double[] plain = BorderFeatures.Of(pixels, side);
        int first = (side + 9) / 10;
        for (int y = first; y < side - first; y++)
            pixels.AsSpan(y * side + first, side - 2 * first).Fill(255);

        Assert.Equal(BorderFeatures.Count, plain.Length);
        Assert.All(plain[..^16], cell => Assert.Equal(0.2, cell, 1e-12));
        Assert.Equal(1, plain[^16..].Sum(), 1e-12);
        Assert.Equal(plain, BorderFeatures.Of(pixels, side));
    }

    [Fact]
    public void Border_BrightCorner_IsSeen()
    {
        byte[] pixels = new byte[40 * 40];
        pixels[0] = 255;

        double[] features = BorderFeatures.Of(pixels, 40);
        Assert.Equal(0.25, features[0], 1e-12);
        Assert.All(features[1..^16], cell => Assert.Equal(0, cell));
        Assert.True(features[^1] > 0);
    }

    [Fact]
    public void Border_TooSmall_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BorderFeatures.Of(new byte[19 * 19], 19));

    [Fact]
    public void Remove_TwoLungs_FillsBothAndWhatIsBetweenThem()
    {
        const int side = 40;
        byte[] pixels = [.. Enumerable.Range(0, side * side).Select(i => (byte)(i % side < 5 ? 100 : 200))];
        byte[] map = new byte[side * side];
        map[20 * side + 10] = 255;
        map[20 * side + 30] = 128;

        (byte[] without, double share) = LungMask.Remove(pixels, map, side)!.Value;
        byte grey = without[20 * side + 20];
        for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
        {
            bool masked = y is >= 18 and <= 22 && x is >= 8 and <= 32;
            Assert.Equal(masked ? grey : pixels[y * side + x], without[y * side + x]);
        }
        Assert.Equal(5 * 25 / 1600.0, share, 1e-12);
        Assert.InRange(grey, 180, 190);
        Assert.Equal(100, pixels[0]);
        Assert.NotSame(pixels, without);
    }

    [Fact]
    public void Remove_NoLung_IsNull() =>
        Assert.Null(LungMask.Remove(new byte[400], [.. Enumerable.Repeat((byte)127, 400)], 20));

    [Fact]
    public void Remove_AllLung_GivesAnEvenPicture() =>
        Assert.All(
            LungMask.Remove(new byte[400], [.. Enumerable.Repeat((byte)255, 400)], 20)!.Value.Pixels,
            pixel => Assert.Equal(128, pixel)
        );
}
