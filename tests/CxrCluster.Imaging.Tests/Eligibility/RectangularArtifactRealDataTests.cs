using CxrCluster.Imaging.Eligibility;
using CxrCluster.Imaging.Tests.Support;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Eligibility;

public sealed class RectangularArtifactRealDataTests(ITestOutputHelper output)
{
    // Looked at: frames drawn around lesions by the authors of the publications. Nothing else may be flagged.
    private static readonly string[] TrulyFramed =
    [
        "24752647752ddb02.png",
        "26526f0b36299c10.png",
        "513ce952234b72b7.png",
        "c0c1c8cf2199c9c0.png",
        "e2a8fbeeac4c77a8.png",
        "ed40b9c52070d3f8.png",
    ];

    [Fact]
    public void Detect_RealImages_FlagsThoseWithDrawnFramesAndNoOther()
    {
        var detector = new RectangularArtifactDetector();

        var flagged = RealData
            .Images.Concat(RealData.LungImages)
            .Where(path => detector.Detect(RadiographReader.ReadFile(path)) is not null)
            .Select(Path.GetFileName);

        Assert.Equal(TrulyFramed, flagged);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    public void Detect_BoxesPastedIntoRealImages_AreFoundInAllButTwoPercent(string ending)
    {
        var detector = new RectangularArtifactDetector();
        var random = new Random(1);
        var missed = new List<string>();
        var paths = RealData.Images.Concat(RealData.LungImages).Where((_, i) => i % 2 == 0).ToList();
        foreach (var path in paths)
        {
            using var picture = Cv2.ImRead(path, ImreadModes.Grayscale);
            Cv2.Rectangle(picture, RandomBox(picture, random), Scalar.All(random.Next(3) * 127.5), -1);
            Cv2.ImEncode(ending, picture, out var bytes);
            if (detector.Detect(RadiographReader.Read(bytes, path)) is null)
            {
                missed.Add(Path.GetFileName(path));
            }
        }

        output.WriteLine($"missed {missed.Count} of {paths.Count}: {string.Join(", ", missed)}");
        Assert.True(missed.Count <= paths.Count * 0.02, $"missed {string.Join(", ", missed)}");
    }

    /// <summary>4.5 to 12 % of the picture, side lengths within 1 : 2, anywhere.</summary>
    private static Rect RandomBox(Mat picture, Random random)
    {
        var area = (0.045 + (0.075 * random.NextDouble())) * picture.Cols * picture.Rows;
        var width = Math.Min(
            (int)Math.Ceiling(Math.Sqrt(area * (0.5 + (1.5 * random.NextDouble())))),
            picture.Cols * 8 / 10
        );
        var height = Math.Min((int)Math.Ceiling(area / width), picture.Rows * 8 / 10);
        return new Rect(random.Next(picture.Cols - width), random.Next(picture.Rows - height), width, height);
    }
}
