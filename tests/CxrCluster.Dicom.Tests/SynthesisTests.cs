using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;
using CxrCluster.Synthesis;

namespace CxrCluster.Dicom.Tests;

public sealed class SynthesisTests(SharedPool shared) : IClassFixture<SharedPool>
{
    /// <summary>The two formats of `cxr synth` show one picture: PNG has 8 or 16 bits, DICOM the detector's 10 to 14.</summary>
    [Fact]
    public async Task ReadAsync_SyntheticCohort_ShowsWhatItsPngShows()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("cxr-dicom-synthesis-");
        try
        {
            var options = new SynthesisOptions
            {
                Patients = 8,
                Hospitals = 4,
                Seed = 3,
                Side = 128,
            };
            var png = await new CohortSynthesizer(options).WriteAsync(
                Path.Combine(folder.FullName, "png"),
                null,
                token
            );
            var dicom = await new CohortSynthesizer(options with { Format = SynthesisFormat.Dicom }).WriteAsync(
                Path.Combine(folder.FullName, "dicom"),
                null,
                token
            );
            var files = Directory.GetFiles(dicom.ImagesFolder, "*.dcm", SearchOption.AllDirectories);
            Assert.NotEmpty(files);
            foreach (var file in files)
            {
                var bytes = await File.ReadAllBytesAsync(file, token);
                var image = await shared.Reader.ReadAsync(bytes, file, token);
                var other = RadiographReader.ReadFile(
                    Path.ChangeExtension(
                        Path.Combine(png.ImagesFolder, Path.GetRelativePath(dicom.ImagesFolder, file)),
                        ".png"
                    )
                );

                Assert.Equal((other.Width, other.Height), (image.Radiograph.Width, image.Radiograph.Height));
                Assert.Equal(bytes.AsSpan().IndexOf("MONOCHROME1"u8) >= 0, image.Header.Photometric == "MONOCHROME1");
                // 16-bit PNG hold a 12-bit detector's levels
                var step = 1.0 / Math.Min(other.MaxValue, 4095);
                var most = other
                    .Pixels.Zip(
                        image.Radiograph.Pixels,
                        (a, b) => Math.Abs((a / (double)other.MaxValue) - (b / (double)image.Radiograph.MaxValue))
                    )
                    .Max();
                Assert.InRange(most, 0, step);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
