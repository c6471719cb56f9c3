using System.Security.Cryptography;
using CxrCluster.Imaging.Tests.Support;

namespace CxrCluster.Imaging.Tests.Files;

public sealed class RadiographReaderTests
{
    public static TheoryData<string> Oriented() =>
        [
            .. from orientation in Enumerable.Range(1, 8)
            from ending in new[] { ".jpg", ".png", ".tif", "-deep.tif" }
            select $"orientation-{orientation}{ending}",
        ];

    [Theory]
    [MemberData(nameof(Oriented))]
    public void Read_OrientedFile_IsUpright(string file)
    {
        var picture = ReadPattern(file);

        AssertShows(Pattern.Gray(picture.MaxValue), picture, file.EndsWith(".jpg", StringComparison.Ordinal) ? 6 : 0);
        Assert.Equal(file["orientation-".Length] - '0', picture.Provenance.AppliedOrientation);
    }

    [Fact]
    public void Read_OrientedColourTiff_IsUpright()
    {
        AssertShows(Pattern.Gray(255), ReadPattern("orientation-6-colour.tif"), 0);
    }

    [Theory]
    [InlineData("gray.png", "PNG", 0)]
    [InlineData("gray.bmp", "BMP", 0)]
    [InlineData("gray-progressive.jpg", "JPEG", 6)]
    [InlineData("gray-lzw.tif", "TIFF", 0)]
    [InlineData("gray-as-colour.png", "PNG", 0)]
    [InlineData("gray-as-colour.jpg", "JPEG", 6)]
    [InlineData("gray-as-colour.bmp", "BMP", 0)]
    [InlineData("gray-palette.png", "PNG", 0)]
    [InlineData("gray-white-is-zero.tif", "TIFF", 0)]
    [InlineData("gray-32.bmp", "BMP", 0)]
    [InlineData("gray-32-top-down.bmp", "BMP", 0)]
    public void Read_GrayInAnyLayout_HasItsEightBitPixels(string file, string format, int tolerance)
    {
        var picture = ReadPattern(file);

        Assert.Equal((8, format), (picture.BitDepth, picture.Provenance.Format));
        AssertShows(Pattern.Gray(255), picture, tolerance);
    }

    [Theory]
    [InlineData("deep.png")]
    [InlineData("deep-lzw.tif")]
    [InlineData("deep-white-is-zero.tif")]
    public void Read_SixteenBits_KeepsEveryBit(string file)
    {
        var picture = ReadPattern(file);

        Assert.Equal(16, picture.BitDepth);
        AssertShows(Pattern.Gray(65535), picture, 0);
    }

    [Fact]
    public void Read_TwelveBitsInSixteen_HasBitDepthTwelve()
    {
        var picture = ReadPattern("twelve-bits.png");

        Assert.Equal(12, picture.BitDepth);
        AssertShows(Pattern.Gray(4095), picture, 0);
    }

    [Theory]
    [InlineData("colour.png", 8)]
    [InlineData("colour.tif", 8)]
    [InlineData("colour-deep.png", 16)]
    [InlineData("colour-deep.tif", 16)]
    public void Read_Colour_IsLuminance(string file, int bitDepth)
    {
        var picture = ReadPattern(file);

        Assert.Equal(bitDepth, picture.BitDepth);
        AssertShows(Pattern.Luminance(picture.MaxValue), picture, bitDepth == 8 ? 1 : 8);
    }

    [Theory]
    [InlineData("clear.png", 1)]
    [InlineData("clear-colour.png", 1)]
    [InlineData("clear-deep.png", 1)]
    public void Read_Transparency_IsBlack(string file, int tolerance)
    {
        var picture = ReadPattern(file);

        AssertShows(Pattern.OnBlack(picture.MaxValue), picture, tolerance);
    }

    [Fact]
    public void Read_AnyFile_RecordsNameAndHash()
    {
        var bytes = Fixture.Bytes("pictures", "gray.png");

        var picture = RadiographReader.Read(bytes, "series 4/upload.jpg");

        Assert.Equal("series 4/upload.jpg", picture.Provenance.Name);
        Assert.Equal("PNG", picture.Provenance.Format);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), picture.Provenance.Sha256);
    }

    [Fact]
    public void ReadMaskFile_NothingMarked_IsAllowed()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("cxr-mask").FullName, "mask.png");
        File.WriteAllBytes(path, PngWriter.Encode(40, 50, new byte[40 * 50]));

        var mask = RadiographReader.ReadMaskFile(path);

        Assert.All(mask.Pixels, pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void Encode16_ReadBack_IsUnchanged()
    {
        var picture = Pictures.Noise(61, 47, 16, seed: 3);

        var read = RadiographReader.Read(PngWriter.Encode16(picture.Width, picture.Height, picture.Pixels), "noise");

        Assert.Equal((61, 47, 16), (read.Width, read.Height, read.BitDepth));
        Assert.Equal(picture.Pixels, read.Pixels);
    }

    private static Radiograph ReadPattern(string file) => RadiographReader.ReadFile(Fixture.Path("pictures", file));

    private static void AssertShows(int[] expected, Radiograph picture, int tolerance)
    {
        Assert.Equal((Pattern.Width, Pattern.Height), (picture.Width, picture.Height));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - picture.Pixels[i]) <= tolerance,
                $"({i % Pattern.Width}, {i / Pattern.Width}): {picture.Pixels[i]} instead of {expected[i]}"
            );
        }
    }
}
