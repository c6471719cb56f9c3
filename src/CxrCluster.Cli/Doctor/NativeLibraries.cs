using CxrCluster.Imaging;
using CxrCluster.Imaging.Preprocessing;
using OpenCvSharp;
using TorchSharp;

namespace CxrCluster.Cli.Doctor;

/// <summary>Runs a small piece of work in each native library.</summary>
internal static class NativeLibraries
{
    private const string Rebuild = "Build again with 'dotnet build', on Linux x64 with glibc 2.31 or later.";

    /// <summary>Multiplies two matrices.</summary>
    public static CheckResult Torch() =>
        Try(
            "libtorch",
            Rebuild,
            () =>
            {
                using DisposeScope scope = torch.NewDisposeScope();
                double sum = torch.ones(64, 64).matmul(torch.ones(64, 64)).sum().ToDouble();
                return sum == 64 * 64 * 64
                    ? CheckResult.Ok("libtorch", $"{torch.__version__}, {torch.get_num_threads()} threads")
                    : CheckResult.Fail("libtorch", $"a product of ones is {sum} instead of {64 * 64 * 64}. {Rebuild}");
            }
        );

    /// <summary>Equalises and encodes a ramp.</summary>
    public static CheckResult OpenCv() =>
        Try(
            "OpenCV",
            Rebuild,
            () =>
            {
                const int side = 64;
                ushort[] ramp = [.. Enumerable.Range(0, side * side).Select(i => (ushort)(i % side * 4))];
                var radiograph = new Radiograph(side, side, 8, ramp, new ImageProvenance("ramp", "none", ""));
                Radiograph equalised = new Clahe().Apply(radiograph);
                byte[] png = PngWriter.Encode16(side, side, equalised.Pixels);
                return RadiographReader.Read(png, "ramp.png").Pixels.SequenceEqual(equalised.Pixels)
                    ? CheckResult.Ok("OpenCV", Cv2.GetVersionString() ?? "works")
                    : CheckResult.Fail("OpenCV", $"a PNG does not read back as it was written. {Rebuild}");
            }
        );

    /// <summary>Draws a plot with text.</summary>
    public static CheckResult Plots() =>
        Try(
            "plots",
            "Install fontconfig (apt-get install libfontconfig1).",
            () =>
            {
                using var plot = new ScottPlot.Plot();
                plot.Title("ROC");
                int bytes = plot.GetImageBytes(200, 100).Length;
                return CheckResult.Ok("plots", $"a picture of {bytes} bytes; the reports bring their own font");
            }
        );

    private static CheckResult Try(string name, string remedy, Func<CheckResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            // A library that does not load shows itself in many ways; each is this line's finding.
            return CheckResult.Fail(name, $"{exception.GetBaseException().Message.TrimEnd('.')}. {remedy}");
        }
    }
}
