using System.Buffers.Binary;
using CxrCluster.Imaging.Tests.Support;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Files;

public sealed class RadiographReaderRefusalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-refusals");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("gray.png")]
    [InlineData("deep.png")]
    [InlineData("gray.bmp")]
    [InlineData("gray-progressive.jpg")]
    [InlineData("orientation-6.jpg")]
    [InlineData("gray-lzw.tif")]
    [InlineData("orientation-1-deep.tif")]
    public void Read_CutOffAnywhere_IsRefusedWithAName(string file)
    {
        var whole = Fixture.Bytes("pictures", file);

        for (var length = 0; length < whole.Length; length++)
        {
            var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(whole[..length], "cut.png"));
            AssertSentence(e, "cut.png");
        }
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".tif")]
    [InlineData(".bmp")]
    public void Read_HalfARealisticFile_SaysCutOff(string ending)
    {
        var half = Encode(Pictures.Chest(300, 260), ending) is var whole ? whole[..(whole.Length / 2)] : [];

        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(half, "half"));

        Assert.Contains("cut off", e.Message, StringComparison.Ordinal);
        AssertSentence(e, "half");
    }

    [Fact]
    public void Read_MutatedFiles_AreReadOrRefusedButNothingElse()
    {
        var random = new Random(7);
        foreach (var path in Directory.EnumerateFiles(Fixture.Path("pictures")))
        {
            var whole = File.ReadAllBytes(path);
            for (var i = 0; i < 40; i++)
            {
                byte[] mutant = [.. whole];
                for (var hits = random.Next(1, 6); hits > 0; hits--)
                {
                    mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                }

                if (Record.Exception(() => RadiographReader.Read(mutant, "mutant")) is { } e)
                {
                    AssertSentence(Assert.IsType<UnreadableImageException>(e), "mutant");
                }
            }
        }
    }

    [Fact]
    public void Read_DamagedPngPixels_IsRefused()
    {
        var bytes = PngWriter.Encode16(64, 64, Pictures.Noise(64, 64, 16, seed: 1).Pixels);
        bytes[bytes.Length / 2] ^= 0x55;

        AssertSentence(
            Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(bytes, "rot.png")),
            "rot.png"
        );
    }

    [Theory]
    [InlineData(0, 0, "no pixels")]
    [InlineData(0, 512, "no pixels")]
    [InlineData(1, 1, "too few")]
    [InlineData(31, 64, "too few")]
    [InlineData(30_000, 30_000, "67 million")]
    [InlineData(int.MaxValue, int.MaxValue, "67 million")]
    public void Read_UnusableSize_IsRefusedFromTheHeaderAlone(int width, int height, string cause)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bytes in HeadersOf(width, height))
        {
            var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(bytes, "size"));
            Assert.Contains(cause, e.Message, StringComparison.Ordinal);
            AssertSentence(e, "size");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(0, "all black")]
    [InlineData(255, "all white")]
    [InlineData(117, "one flat gray")]
    public void Read_NothingToSee_IsRefused(int value, string cause)
    {
        foreach (var ending in new[] { ".png", ".jpg", ".tif", ".bmp" })
        {
            var bytes = Encode(Pictures.Of(64, 64, 8, (_, _) => value), ending);
            var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(bytes, "flat"));
            Assert.Contains(cause, e.Message, StringComparison.Ordinal);
            AssertSentence(e, "flat");
        }
    }

    [Fact]
    public void Read_SixteenBitsAllWhite_IsRefused()
    {
        var bytes = PngWriter.Encode16(64, 64, [.. Enumerable.Repeat(ushort.MaxValue, 64 * 64)]);

        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(bytes, "flat"));

        Assert.Contains("all white", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Empty_IsRefused()
    {
        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read([], "nothing.png"));

        Assert.Contains("empty", e.Message, StringComparison.Ordinal);
        AssertSentence(e, "nothing.png");
    }

    [Fact]
    public void Read_TextNamedPng_IsRefusedAsText()
    {
        var e = Assert.Throws<UnreadableImageException>(() =>
            RadiographReader.Read("image,hospital\n1.png,north\n"u8.ToArray(), "notes.png")
        );

        Assert.Contains("text, not a picture", e.Message, StringComparison.Ordinal);
        AssertSentence(e, "notes.png");
    }

    [Fact]
    public void Read_Dicom_SaysConvertToPng()
    {
        byte[] dicom = [.. new byte[128], .. "DICM"u8, .. new byte[64]];

        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.Read(dicom, "IM0001"));

        Assert.Contains("DICOM", e.Message, StringComparison.Ordinal);
        Assert.Contains("convert it to a 16-bit PNG", e.Message, StringComparison.Ordinal);
        AssertSentence(e, "IM0001");
    }

    [Theory]
    [InlineData("two-pages.tif", "several pictures")]
    [InlineData("floats.tif", "whole numbers")]
    public void Read_UnsupportedTiff_SaysWhatToSave(string file, string cause)
    {
        var e = Assert.Throws<UnreadableImageException>(() =>
            RadiographReader.ReadFile(Fixture.Path("pictures", file))
        );

        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
        AssertSentence(e, file);
    }

    [Fact]
    public void ReadFile_Missing_SaysSo()
    {
        var path = Path.Combine(_folder.FullName, "none", "missing.png");

        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.ReadFile(path));

        Assert.Contains("does not exist", e.Message, StringComparison.Ordinal);
        AssertSentence(e, path);
    }

    [Fact]
    public void ReadFile_Folder_SaysSo()
    {
        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.ReadFile(_folder.FullName));

        Assert.Contains("is a folder", e.Message, StringComparison.Ordinal);
        AssertSentence(e, _folder.FullName);
    }

    [Fact]
    public void ReadFile_NoPermission_SaysSo()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "a privileged user may read every file; run as another");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are Unix's");
            return;
        }

        var path = Path.Combine(_folder.FullName, "closed.png");
        File.WriteAllBytes(path, Fixture.Bytes("pictures", "gray.png"));
        File.SetUnixFileMode(path, UnixFileMode.None);

        var e = Assert.Throws<UnreadableImageException>(() => RadiographReader.ReadFile(path));

        Assert.Contains("access is denied", e.Message, StringComparison.Ordinal);
        AssertSentence(e, path);
    }

    [Fact]
    public void ReadFile_EndlessDevice_IsRefused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        AssertSentence(
            Assert.Throws<UnreadableImageException>(() => RadiographReader.ReadFile("/dev/zero")),
            "/dev/zero"
        );
    }

    /// <summary>Names the file first, ends as a sentence, and holds a cause and a remedy.</summary>
    private static void AssertSentence(UnreadableImageException e, string name)
    {
        Assert.StartsWith(name.Contains(Path.DirectorySeparatorChar) ? name : "", e.Message, StringComparison.Ordinal);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.Contains("; ", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Encode(Radiograph r, string ending)
    {
        using var view = Mat.FromPixelData(r.Height, r.Width, MatType.CV_16UC1, r.Pixels);
        using var bytes = new Mat();
        view.ConvertTo(bytes, MatType.CV_8UC1);
        Cv2.ImEncode(ending, bytes, out var encoded);
        return encoded;
    }

    /// <summary>A PNG, a BMP, a TIFF and, where its 16-bit sizes allow, a JPEG that claim a size; whole, but for the pixels.</summary>
    private static IEnumerable<byte[]> HeadersOf(int width, int height)
    {
        var png = Fixture.Bytes("pictures", "gray.png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        yield return png;

        var bmp = Fixture.Bytes("pictures", "gray-32.bmp");
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), height);
        yield return bmp;

        if (width > ushort.MaxValue || height > ushort.MaxValue)
        {
            yield break;
        }

        var tiff = Fixture.Bytes("pictures", "orientation-1.tif");
        var directory = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4));
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(directory + 2 + 8), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(directory + 2 + 12 + 8), (ushort)height);
        yield return tiff;

        var jpeg = Fixture.Bytes("pictures", "gray-as-colour.jpg");
        var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), (ushort)width);
        yield return jpeg;
    }
}
