using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests;

/// <summary>One synthetic picture in every compressed syntax (Fixtures/make_syntaxes.py).</summary>
public sealed class SyntaxesTests(SharedPool shared) : IClassFixture<SharedPool>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rle", 0)]
    [InlineData("jpeg-lossless", 0)]
    [InlineData("jpegls", 0)]
    [InlineData("jpeg2000", 0)]
    [InlineData("jpegls-near", 2)]
    [InlineData("jpeg-extended", 8)]
    [InlineData("jpeg-baseline", 4)]
    public async Task ReadAsync_EverySyntax_GivesThePictureWithinItsLoss(string name, int loss)
    {
        if (name != "rle")
        {
            Gdcm.Demand();
        }

        var image = (await shared.Reader.ReadAsync(Fixture.Syntax(name), name, Token)).Radiograph;

        var truth = Fixture.Truth(name == "jpeg-baseline" ? 8 : 12);
        Assert.Equal(name == "jpeg-baseline" ? 8 : 12, image.BitDepth); // also where the codestream says 16
        Assert.InRange(truth.Zip(image.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, loss);
    }

    [Theory]
    [InlineData("frames-rle.dcm")]
    [InlineData("frames-jpeg-lossless.dcm")]
    [InlineData("frames-jpegls.dcm")]
    public async Task ReadAsync_SeveralFrames_GivesTheFirst(string file)
    {
        if (file != "frames-rle.dcm")
        {
            Gdcm.Demand();
        }

        var image = await shared.Reader.ReadAsync(Fixture.Read(file), file, Token);

        Assert.Equal(3, image.Header.Frames);
        Assert.Equal(Fixture.Truth(12), image.Radiograph.Pixels.Select(p => (int)p));
    }

    [Theory]
    [InlineData("rle")]
    [InlineData("jpeg-lossless")]
    [InlineData("jpegls")]
    [InlineData("jpeg2000")]
    public async Task ReadAsync_StreamCutOff_IsRefused(string name)
    {
        // The file's structure stays whole: only the stream within its fragment ends early.
        var bytes = Fixture.Syntax(name);
        var fragment = DicomParser.Parse(bytes).Pixels!.Fragments[^1];
        var start = bytes.AsSpan().IndexOf(fragment.Span[^64..]) + 64 - fragment.Length;
        bytes.AsSpan(start + (fragment.Length / 2), fragment.Length - (fragment.Length / 2)).Clear();

        if (name == "rle")
        {
            bytes.AsSpan(start + (fragment.Length / 2), fragment.Length - (fragment.Length / 2)).Fill(0x80);
        }

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() =>
            shared.Reader.ReadAsync(bytes, name, Token)
        );

        Assert.Contains("cut off", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg-lossless")]
    [InlineData("jpegls")]
    [InlineData("jpeg2000")]
    public async Task ReadAsync_StreamOfAnotherSize_IsRefusedBeforeDecoding(string name)
    {
        var bytes = Fixture.Syntax(name);
        byte[] rows = [0x28, 0, 0x10, 0, (byte)'U', (byte)'S', 2, 0];
        bytes[bytes.AsSpan().IndexOf(rows) + rows.Length]++;

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() =>
            shared.Reader.ReadAsync(bytes, name, Token)
        );

        Assert.Contains("compressed stream 96 x 80", exception.Message, StringComparison.Ordinal);
    }
}
