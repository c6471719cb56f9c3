using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Imaging.Tests.Support;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Preprocessing;

public sealed class BorderCropRealDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Find_MaskedImages_KeepsEveryLungPixel()
    {
        var (worst, worstImage, cropped) = (1.0, "", 0);
        foreach (var path in RealData.LungImages)
        {
            var picture = RadiographReader.ReadFile(path);
            var mask = RadiographReader.ReadMaskFile(RealData.MaskOf(path));
            var crop = BorderCrop.Find(picture);
            var lung = Enumerable.Range(0, mask.Pixels.Length).Where(i => mask.Pixels[i] > 0).ToList();
            var kept = (double)lung.Count(i => crop.Contains(i % mask.Width, i / mask.Width)) / lung.Count;
            if (kept < worst)
            {
                (worst, worstImage) = (kept, Path.GetFileName(path));
            }

            cropped += crop.Area < picture.Pixels.Length ? 1 : 0;
        }

        output.WriteLine($"{cropped} of {RealData.LungImages.Count} cropped; worst {worst:P3} {worstImage}");
        Assert.True(worst >= 0.999, $"only {worst:P3} of the lungs stay in {worstImage}");
        Assert.InRange(cropped, 10, 60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_RealImagesOnABlackPage_CutsThePageAndNoMoreThanBefore(bool withText)
    {
        const int Page = 70;
        var (cut, kept, failures) = (0, 0, new List<string>());
        foreach (var path in RealData.Images.Concat(RealData.LungImages))
        {
            var picture = RadiographReader.ReadFile(path);
            var framed = Pictures.Framed(picture, Page, Page, Page, Page, 0);
            if (withText)
            {
                using var view = Mat.FromPixelData(framed.Height, framed.Width, MatType.CV_16UC1, framed.Pixels);
                Cv2.PutText(
                    view,
                    "PORTABLE 07:45",
                    new Point(Page, 40),
                    HersheyFonts.HersheySimplex,
                    0.7,
                    Scalar.All(250)
                );
                Cv2.PutText(view, "L", new Point(10, 300), HersheyFonts.HersheyDuplex, 1.5, Scalar.All(250), 2);
                Cv2.PutText(
                    view,
                    "AP",
                    new Point(90, framed.Height - 20),
                    HersheyFonts.HersheySimplex,
                    0.6,
                    Scalar.All(200)
                );
            }

            var before = BorderCrop.Find(picture);
            var after = BorderCrop.Find(framed);
            var name = Path.GetFileName(path);
            var onPage = new PixelRect(Page, Page, picture.Width, picture.Height);
            if (
                after.X < onPage.X - 1
                || after.Y < onPage.Y - 1
                || after.Right > onPage.Right + 1
                || after.Bottom > onPage.Bottom + 1
            )
            {
                failures.Add($"{name}: the page stays, {after}");
                continue;
            }

            cut++;
            // The page joins with black of the picture itself, so a little more may go than before, never lungs.
            kept += after.Area >= 0.9 * before.Area ? 1 : 0;
        }

        output.WriteLine($"cut {cut}, kept {kept}; {string.Join("; ", failures)}");
        Assert.Empty(failures);
        Assert.Equal(RealData.Images.Count + RealData.LungImages.Count, kept);
    }
}
