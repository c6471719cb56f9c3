using System.Diagnostics;
using System.Globalization;
using CxrCluster.Imaging.Augmentation;
using CxrCluster.Imaging.Tests.Support;

namespace CxrCluster.Imaging.Tests.Augmentation;

/// <summary>The affine map against OpenCV's Python binding with matrices made there (make_augmentation.py).</summary>
public sealed class AffineOracleTests
{
    private const string Python = "/usr/bin/python3";

    public static TheoryData<string, AugmentationPlan> Cases() =>
        [
            .. File.ReadLines(Fixture.Path("augmentation", "warps.csv"))
                .Skip(1)
                .Select(line => line.Split(','))
                .Select(c => (c[0], Plan([.. c.Skip(1).Select(v => double.Parse(v, CultureInfo.InvariantCulture))]))),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_MadeUpPicture_IsOpenCvsWithinOneLevel(string name, AugmentationPlan plan)
    {
        var input = Picture("input");

        var moved = Augmenter.Apply(input, input, plan);

        AssertWithinOneLevel(Picture(name).Pixels, moved.Image.Pixels);
        AssertWithinOneLevel(Picture(name).Pixels, moved.Map.Pixels);
    }

    [Fact]
    public async Task Apply_RandomPlans_AreOpenCvsWithinOneLevel()
    {
        Assert.SkipUnless(
            await HasOpenCv(),
            $"OpenCV's Python binding absent: install python3-opencv for {Python}; the committed pictures were compared"
        );
        using var oracle = Start([Fixture.Path("make_augmentation.py"), "oracle"]);
        var input = Picture("input");
        var augmenter = new Augmenter(
            AugmentationOptions.None with
            {
                Rotation = new(0.7, 7),
                Shear = new(0.7, 7),
                Scale = new(0.7, 0.2),
                Shift = new(0.7, 0.1),
                FlipProbability = 0.5,
            }
        );
        for (var i = 0; i < 100; i++)
        {
            var plan = augmenter.Plan(1, 1, $"{i}");
            var (scale, shift) = (plan.Scale ?? (1, 1), plan.Shift ?? (0, 0));
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{input.Side},{plan.Rotation ?? 0},{plan.Shear ?? 0},{scale.X},{scale.Y},{shift.X},{shift.Y},{(plan.Flip ? 1 : 0)}\n"
            );
            var stream = oracle.StandardInput.BaseStream;
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line), TestContext.Current.CancellationToken);
            await stream.WriteAsync(input.Pixels, TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            var expected = new byte[input.Pixels.Length];
            await oracle.StandardOutput.BaseStream.ReadExactlyAsync(expected, TestContext.Current.CancellationToken);

            AssertWithinOneLevel(expected, Augmenter.Apply(input, input, plan).Image.Pixels);
        }

        oracle.StandardInput.Close();
        await oracle.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, oracle.ExitCode);
    }

    private static AugmentationPlan Plan(double[] values) =>
        new()
        {
            Rotation = values[0],
            Shear = values[1],
            Scale = (values[2], values[3]),
            Shift = (values[4], values[5]),
            Flip = values[6] > 0,
        };

    private static SquareImage Picture(string name)
    {
        var read = RadiographReader.ReadFile(Fixture.Path("augmentation", $"{name}.png"));
        return new(read.Width, Array.ConvertAll(read.Pixels, p => (byte)p));
    }

    private static void AssertWithinOneLevel(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), 0, 1);
    }

    private static async Task<bool> HasOpenCv()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Start(["-c", "import cv2"]);
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
                RedirectStandardError = true,
            }
        )!;
}
