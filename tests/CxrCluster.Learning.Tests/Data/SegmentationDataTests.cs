using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Tests.Training;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Data;

public sealed class SegmentationDataTests : IDisposable
{
    private static readonly PreprocessingOptions Plain = PreprocessingOptions.None(64);
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Load_WidePicture_MaskFollowsTheImage()
    {
        // A picture of its own mask, twice as wide as high, so that padding and resizing both have work.
        var pixels = new byte[80 * 40];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 80 is > 10 and < 30 && i / 80 > 15 ? (byte)255 : (byte)0;
        }

        var file = _scratch.At("wide.png");
        File.WriteAllBytes(file, PngWriter.Encode(80, 40, pixels));

        var sample = Assert.Single(SegmentationData.Load([new("wide", file, file)], Plain, null, Token));

        var differing = sample.Image.Pixels.Zip(sample.Mask.Pixels).Count(p => p.First >= 128 != p.Second >= 128);
        Assert.Equal(64, sample.Mask.Side);
        Assert.Contains((byte)255, sample.Mask.Pixels);
        Assert.All(sample.Mask.Pixels, p => Assert.True(p is 0 or 255));
        // Bilinear and nearest may disagree along the rectangle's outline.
        Assert.True(differing <= 70, $"{differing} pixels differ");
    }

    [Fact]
    public void Load_MaskOfAnotherSize_NamesBothSizes()
    {
        var (images, masks) = ToyFiles.WritePairs(_scratch, 2);
        File.WriteAllBytes(Path.Combine(masks, "disc1.png"), PngWriter.Encode(50, 40, [.. Half(50 * 40)]));

        var problem = Assert.Throws<InvalidTrainingDataException>(() =>
            SegmentationData.Load(ImageMaskFolders.Pair(images, masks), Plain, null, Token)
        );

        Assert.Contains("disc1.png has 50 x 40", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"{ToyData.Side} x {ToyData.Side}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnreadableMask_NamesTheFile()
    {
        var (images, masks) = ToyFiles.WritePairs(_scratch, 2);
        File.WriteAllText(Path.Combine(masks, "disc0.png"), "no picture");

        var problem = Assert.Throws<UnreadableImageException>(() =>
            SegmentationData.Load(ImageMaskFolders.Pair(images, masks), Plain, null, Token)
        );

        Assert.Contains("disc0.png", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Cancelled_Stops()
    {
        var (images, masks) = ToyFiles.WritePairs(_scratch, 2);

        Assert.Throws<OperationCanceledException>(() =>
            SegmentationData.Load(ImageMaskFolders.Pair(images, masks), Plain, null, new CancellationToken(true))
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<byte> Half(int count) =>
        Enumerable.Range(0, count).Select(i => (byte)(i < count / 2 ? 0 : 255));
}
