using System.Diagnostics;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Imaging.Tests.Support;

namespace CxrCluster.Imaging.Tests.Preprocessing;

/// <summary>Pad, bilinear resize and CLAHE against OpenCV's Python binding (make_preprocessing.py).</summary>
public sealed class OpenCvOracleTests
{
    private const string Python = "/usr/bin/python3";

    public static TheoryData<string, string> Fixtures() =>
        [
            .. from picture in new[] { "wide", "tall", "deep" }
            from step in new[] { "pad", "enlarged", "reduced", "clahe", "clahe-4-5" }
            select (picture, step),
        ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Step_MadeUpPicture_IsOpenCvs(string picture, string step)
    {
        var input = RadiographReader.ReadFile(Fixture.Path("preprocessing", $"{picture}-input.png"));
        var expected = RadiographReader.ReadFile(Fixture.Path("preprocessing", $"{picture}-{step}.png"));

        var actual = step switch
        {
            "pad" => SquarePad.Apply(input),
            "enlarged" => new BilinearResize(128).Apply(SquarePad.Apply(input)),
            "reduced" => new BilinearResize(40).Apply(SquarePad.Apply(input)),
            "clahe" => new Clahe(2, 8).Apply(input),
            _ => new Clahe(4, 5).Apply(input),
        };

        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.InRange(LargestDifference(actual, Array.ConvertAll(expected.Pixels, pixel => (int)pixel)), 0, 1);
    }

    [Fact]
    public async Task Steps_RealImages_AreOpenCvsWithinOneLevel()
    {
        var paths = RealData.Images.Concat(RealData.LungImages).ToList();
        Assert.SkipUnless(
            await HasOpenCv(),
            $"OpenCV's Python binding absent: install python3-opencv for {Python}; the made-up pictures were compared"
        );
        using var oracle = Start([Fixture.Path("make_preprocessing.py"), "oracle"]);
        var asking = Task.Run(
            async () =>
            {
                foreach (var path in paths)
                {
                    await oracle.StandardInput.WriteLineAsync(path);
                }

                oracle.StandardInput.Close();
            },
            TestContext.Current.CancellationToken
        );

        foreach (var path in paths)
        {
            var input = RadiographReader.ReadFile(path);
            var padded = SquarePad.Apply(input);
            foreach (
                var (step, actual) in new (string, Radiograph)[]
                {
                    ("pad", padded),
                    ("enlarged", new BilinearResize(1024).Apply(padded)),
                    ("reduced", new BilinearResize(224).Apply(padded)),
                    ("clahe", new Clahe().Apply(input)),
                }
            )
            {
                var expected = new byte[actual.Pixels.Length];
                await oracle.StandardOutput.BaseStream.ReadExactlyAsync(
                    expected,
                    TestContext.Current.CancellationToken
                );
                var difference = LargestDifference(actual, Array.ConvertAll(expected, pixel => (int)pixel));
                Assert.True(difference <= 1, $"{step} of {Path.GetFileName(path)} differs by {difference}");
            }
        }

        await asking;
        Assert.Equal(-1, oracle.StandardOutput.BaseStream.ReadByte());
    }

    private static int LargestDifference(Radiograph actual, int[] expected)
    {
        var largest = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(actual.Pixels[i] - expected[i]));
        }

        return largest;
    }

    private static async Task<bool> HasOpenCv()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Start(["-c", "import cv2, numpy"]);
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        return probe.ExitCode == 0;
    }

    private static Process Start(string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(Python, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
}
