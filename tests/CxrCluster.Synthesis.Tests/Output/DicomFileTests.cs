using System.Diagnostics;
using System.Numerics;
using CxrCluster.Synthesis.Acquisition;
using CxrCluster.Synthesis.Output;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Tests.Output;

public sealed class DicomFileTests
{
    private static readonly SynthesisOptions Options = new()
    {
        Patients = 120,
        Side = 64,
        Seed = 3,
        Format = SynthesisFormat.Dicom,
    };

    // One image of every hospital, and a lateral.
    private static readonly IReadOnlyList<ImagePlan> Samples =
    [
        .. CohortPlan.Create(Options).DistinctBy(image => image.Patient.Machine),
        CohortPlan.Create(Options).First(image => image.Projection == Projection.Lateral),
    ];

    [Fact]
    public void Encode_EveryHospital_WritesAHeaderThatFitsThePlan()
    {
        foreach (var image in Samples)
        {
            var machine = image.Patient.Machine;
            var picture = Camera.Take(Options.Seed, Options.Side, image);
            var file = new DicomReader(DicomFile.Encode(picture, image, Options));

            Assert.Equal("1.2.840.10008.1.2.1", file.Text(0x0002_0010));
            Assert.Equal(file.Text(0x0008_0016), file.Text(0x0002_0002));
            Assert.Equal(file.Text(0x0008_0018), file.Text(0x0002_0003));
            Assert.Equal(machine.ComputedRadiography ? "CR" : "DX", file.Text(0x0008_0060));
            Assert.Equal($"Synthetic Hospital {machine.Hospital}", file.Text(0x0008_0080));
            Assert.Equal(image.Patient.Id, file.Text(0x0010_0020));
            Assert.Equal($"{image.Patient.Age:000}Y", file.Text(0x0010_1010));
            Assert.Equal(
                image.Projection == Projection.Lateral ? "LL" : image.Projection.ToString(),
                file.Text(0x0018_5101)
            );
            Assert.Equal((picture.Height, picture.Width), (file.Number(0x0028_0010), file.Number(0x0028_0011)));
            Assert.Equal((16, machine.DicomBits), (file.Number(0x0028_0100), file.Number(0x0028_0101)));
            Assert.Equal(machine.DicomBits - 1, file.Number(0x0028_0102));
            Assert.Equal(machine.Monochrome1 ? "MONOCHROME1" : "MONOCHROME2", file.Text(0x0028_0004));
        }

        Assert.Contains(Samples, image => image.Patient.Machine.Monochrome1);
        Assert.Contains(Samples, image => image.Patient.Machine.ComputedRadiography);
    }

    [Fact]
    public void Encode_Pixels_AreThePicturesAndInvertedInMonochrome1()
    {
        foreach (var image in Samples)
        {
            var picture = Camera.Take(Options.Seed, Options.Side, image);
            var file = new DicomReader(DicomFile.Encode(picture, image, Options));
            var max = (1 << file.Number(0x0028_0101)) - 1;

            var shown = file.Pixels();
            if (file.Text(0x0028_0004) == "MONOCHROME1")
            {
                shown = Array.ConvertAll(shown, pixel => (ushort)(max - pixel));
            }

            Assert.Equal(picture.Brightness.Length, shown.Length);
            for (var i = 0; i < shown.Length; i++)
            {
                Assert.Equal(picture.Brightness[i], shown[i] / (double)max, 0.51 / max);
            }
        }
    }

    [Fact]
    public void Encode_Uids_AreValidAndDifferByImageSeedAndSide()
    {
        var picture = Camera.Take(Options.Seed, Options.Side, Samples[0]);
        string[] uids =
        [
            .. new[]
            {
                DicomFile.Encode(picture, Samples[0], Options),
                DicomFile.Encode(picture, Samples[1], Options),
                DicomFile.Encode(picture, Samples[0], Options with { Seed = 4 }),
                DicomFile.Encode(picture, Samples[0], Options with { Side = 65 }),
            }
                .Select(bytes => new DicomReader(bytes))
                .SelectMany(file => (string[])[file.Text(0x0008_0018), file.Text(0x0020_000d), file.Text(0x0020_000e)]),
        ];

        Assert.Equal(12, uids.Distinct(StringComparer.Ordinal).Count());
        foreach (var uid in uids)
        {
            Assert.Matches(@"^2\.25\.[1-9]\d{1,38}$", uid);
            // A UUID of version 8 and variant 10, as a number of at most 128 bits.
            var number = BigInteger.Parse(uid[5..]);
            Assert.True(number < BigInteger.One << 128);
            Assert.Equal(8, (int)(number >> 76 & 0xf));
            Assert.Equal(2, (int)(number >> 62 & 0x3));
        }
    }

    [Fact]
    public void DicomWriter_TagsOutOfOrder_Throws()
    {
        var writer = new DicomWriter();
        writer.UShort(0x0028_0010, 1);

        Assert.Throws<InvalidOperationException>(() => writer.UShort(0x0028_0002, 1));
    }

    [Fact]
    public async Task Encode_EveryHospital_PassesDciodvfy()
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(p => File.Exists(Path.Combine(p, "dciodvfy"))),
            "dciodvfy absent: install the package dicom3tools to check the DICOM files against the standard"
        );
        using var folder = new TemporaryFolder();
        foreach (var image in Samples)
        {
            var picture = Camera.Take(Options.Seed, Options.Side, image);
            var path = folder[$"{image.Name}.dcm"];
            await File.WriteAllBytesAsync(
                path,
                DicomFile.Encode(picture, image, Options),
                TestContext.Current.CancellationToken
            );

            var start = new ProcessStartInfo("dciodvfy", [path])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors =
                await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await output;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.DoesNotContain("Error", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning", errors, StringComparison.Ordinal);
        }
    }
}
