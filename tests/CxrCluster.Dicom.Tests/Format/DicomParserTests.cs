using System.IO.Compression;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests.Format;

public sealed class DicomParserTests(SharedPool shared) : IClassFixture<SharedPool>
{
    private const int Side = 40;

    private static readonly int[] Samples = [.. Enumerable.Range(0, Side * Side).Select(i => i * 37 % 4096)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.BigEndian)]
    [InlineData(DicomBuilder.Deflated)]
    public async Task ReadAsync_EveryUncompressedSyntax_GivesTheSamplesAndHeader(string syntax)
    {
        var deep = await ReadAsync(DicomBuilder.Chest(Side, Side, 12, syntax).Pixels(Samples).Build());
        byte[] bytes = [.. Samples.Select(s => (byte)(s >> 4))];
        var shallow = await ReadAsync(DicomBuilder.Chest(Side, Side, 8, syntax).Pixels8(bytes).Build());

        Assert.Equal(Samples, deep.Radiograph.Pixels.Select(p => (int)p));
        Assert.Equal(12, deep.Radiograph.BitDepth);
        Assert.Equal(bytes, shallow.Radiograph.Pixels.Select(p => (byte)p));
        Assert.Equal(
            ("phantom", "CR", "CHEST", "PA"),
            (deep.Header.PatientId, deep.Header.Modality, deep.Header.BodyPart, deep.Header.View)
        );
        Assert.Equal(("2.25.4", syntax), (deep.Header.SopInstanceUid, deep.Header.TransferSyntax));
    }

    [Theory]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.Implicit)]
    public async Task ReadAsync_NoPreamble_IsRecognisedAndRead(string syntax)
    {
        var bytes = DicomBuilder.Chest(Side, Side, 12, syntax).Pixels(Samples).Build(metaSyntax: "");

        Assert.True(DicomFormatMatches(bytes));
        Assert.Equal(Samples, (await ReadAsync(bytes)).Radiograph.Pixels.Select(p => (int)p));
    }

    [Theory]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.BigEndian)]
    public async Task ReadAsync_CutOffAnywhere_IsRefusedWithASentence(string syntax)
    {
        var whole = DicomBuilder
            .Chest(Side, Side, 12, syntax)
            .Sequence(0x0054_0220, item => item.Text(0x0008_0104, "LO", "postero-anterior"))
            .Pixels(Samples)
            .Build();
        for (var length = 132; length < whole.Length; length += length < 700 ? 1 : 97)
        {
            var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(whole[..length]));
            Assert.StartsWith("file cannot be used: ", exception.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadAsync_NestedBomb_IsRefused()
    {
        // (0008,1140) SQ of undefined length, item of undefined length, again and again
        byte[] level =
        [
            8,
            0,
            0x40,
            0x11,
            (byte)'S',
            (byte)'Q',
            0,
            0,
            255,
            255,
            255,
            255,
            0xfe,
            0xff,
            0,
            0xe0,
            255,
            255,
            255,
            255,
        ];
        byte[] bomb = [.. new DicomBuilder().Build(), .. Enumerable.Repeat(level, 20_000).SelectMany(b => b)];

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(bomb));

        Assert.Contains("nested too deeply", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ElementBomb_IsRefused()
    {
        byte[] element = [9, 0, 1, 0, (byte)'L', (byte)'O', 0, 0];
        byte[] bomb = [.. new DicomBuilder().Build(), .. Enumerable.Repeat(element, 250_000).SelectMany(b => b)];

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(bomb));

        Assert.Contains("too many elements", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_DeflateBomb_IsRefused()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++)
            {
                deflate.Write(zeros);
            }
        }

        byte[] bomb = [.. new DicomBuilder().Build(DicomBuilder.Deflated), .. packed.ToArray()];

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(bomb));

        Assert.Contains("inflates", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.100 is not supported")]
    [InlineData("1.2.3\nforged log line", "in its header is not supported")]
    public async Task ReadAsync_OtherTransferSyntax_IsRefusedByName(string syntax, string cause)
    {
        var bytes = DicomBuilder.Chest(Side, Side, 12).Pixels(Samples).Build(syntax);

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(bytes));

        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task ReadAsync_HugeSize_IsRefusedFromTheHeaderAlone()
    {
        var bytes = DicomBuilder.Chest(30_000, 30_000, 16).Pixels(Samples).Build();

        var exception = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(bytes));

        Assert.Contains("67 million", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image,hospital\n1.png,north\n")]
    [InlineData("")]
    public void Matches_OtherFiles_IsFalse(string text) =>
        Assert.False(DicomFormatMatches([.. text.Select(c => (byte)c), .. new byte[200]]));

    private static bool DicomFormatMatches(byte[] bytes) => CxrCluster.Dicom.Format.DicomFormat.Matches(bytes);

    private Task<DicomImage> ReadAsync(byte[] bytes) => shared.Reader.ReadAsync(bytes, "file", Token);
}
