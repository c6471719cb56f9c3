using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Pixels;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests;

/// <summary>Real files against pydicom and dcmtk (Fixtures/make_references.py).</summary>
public sealed class RealFilesTests(SharedPool shared) : IClassFixture<SharedPool>
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    private static Dictionary<string, Reference> References { get; } =
        JsonSerializer
            .Deserialize<Reference[]>(
                File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "references.json")),
                CamelCase
            )!
            .ToDictionary(r => r.File, StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_EveryRealFile_HasTheReferencesPixelsOrIsRefusedForTheRightReason()
    {
        Gdcm.Demand();
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MR_truncated.dcm"] = "cut off",
            ["emri_small_j2k_too_short.dcm"] = "cut off",
            ["test-SR.dcm"] = "no pixels",
        };
        var wrong = new List<string>();
        foreach (var path in SharedFiles.Real)
        {
            var name = Path.GetFileName(path);
            var bytes = await File.ReadAllBytesAsync(path, Token);
            try
            {
                var image = await shared.Reader.ReadAsync(bytes, name, Token);
                wrong.AddRange((await CompareAsync(bytes, image, References[name])).Select(what => $"{name}: {what}"));
            }
            catch (UnreadableImageException exception)
            {
                if (
                    !refusals.TryGetValue(name, out var cause)
                    || !exception.Message.Contains(cause, StringComparison.Ordinal)
                )
                {
                    wrong.Add(exception.Message);
                }

                refusals.Remove(name);
            }
        }

        Assert.Equal("", string.Join(Environment.NewLine, wrong));
        Assert.Empty(refusals);
    }

    [Fact]
    public async Task ReadAsync_OnePictureInSixSyntaxes_AgreesWithinEachCodecsLoss()
    {
        Gdcm.Demand();
        var truth = await shared.Reader.ReadAsync(SharedFiles.ReadReal("RG3_RLE.dcm"), "RG3_RLE", Token);
        foreach (
            var (file, most, mean) in new[]
            {
                ("JPLL", 0.0, 0.0),
                ("JLSL", 0, 0),
                ("J2KR", 0, 0),
                ("J2KI", 0.1, 0.005),
                ("JPLY", 0.1, 0.005),
            }
        )
        {
            var other = await shared.Reader.ReadAsync(SharedFiles.ReadReal($"RG3_{file}.dcm"), file, Token);

            var differences = truth
                .Radiograph.Pixels.Zip(
                    other.Radiograph.Pixels,
                    (a, b) => Math.Abs(a - b) / (double)truth.Radiograph.MaxValue
                )
                .ToArray();
            Assert.True(differences.Max() <= most, $"{file}: differs by up to {differences.Max():0.0000} of the range");
            Assert.True(
                differences.Average() <= mean,
                $"{file}: differs by {differences.Average():0.00000} on average"
            );
        }
    }

    [Fact]
    public async Task ReadAsync_FalsifiedPolarity_InvertsThePicture()
    {
        Gdcm.Demand();
        var right = await shared.Reader.ReadAsync(
            SharedFiles.ReadReal("RSNA-kaggle-6904-jpegbaseline.dcm"),
            "right",
            Token
        );
        var inverse = await shared.Reader.ReadAsync(
            SharedFiles.ReadReal("RSNA-kaggle-6904-fake-MONOCHROME1.dcm"),
            "inverse",
            Token
        );

        Assert.All(
            right.Radiograph.Pixels.Zip(inverse.Radiograph.Pixels),
            pair => Assert.Equal(255, pair.First + pair.Second)
        );
    }

    [Theory]
    [InlineData("RG2_JLSN.dcm", DicomExclusionKind.BodyPart)]
    [InlineData("RG3_RLE.dcm", DicomExclusionKind.BodyPart)]
    [InlineData("test-SR.dcm", DicomExclusionKind.NoPixels)]
    [InlineData("J2K_pixelrep_mismatch.dcm", DicomExclusionKind.Modality)]
    public async Task ReadEligibleAsync_NoChestXRay_IsExcluded(string file, DicomExclusionKind kind)
    {
        var exception = await Assert.ThrowsAsync<IneligibleImageException>(() =>
            shared.Reader.ReadEligibleAsync(SharedFiles.ReadReal(file), file, Token)
        );

        Assert.Equal(kind, exception.Exclusion.Kind);
    }

    private async Task<List<string>> CompareAsync(byte[] bytes, DicomImage image, Reference reference)
    {
        var wrong = new List<string>();
        if (reference.Error is not null)
        {
            return [$"it was read, and no reference reader does ({reference.Error})"];
        }

        var file = DicomParser.Parse(bytes);
        var module = PixelModule.Read(file.Data, image.Header);
        var (frame, stored) = await new FrameReader(shared.Pool).ReadAsync(file, module, "test", Token);
        var values = Array.ConvertAll(frame.Samples, stored.Of);
        if ((frame.Rows, frame.Columns) != (reference.Rows, reference.Columns))
        {
            return ["another size"];
        }

        if (!reference.Lossy && Hash(values) != reference.Sha256)
        {
            wrong.Add(
                $"stored values differ; {values.Min()}..{values.Max()} instead of {reference.Min}..{reference.Max}"
            );
        }

        CompareBands(
            "stored",
            Bands(Array.ConvertAll(values, v => (double)v), frame.Rows, frame.Columns),
            reference.Bands,
            0.6,
            wrong
        );
        var picture = image.Radiograph;
        if (reference.ShownSha256 is { } shown && Hash(Array.ConvertAll(picture.Pixels, p => (int)p)) != shown)
        {
            wrong.Add("the picture that lookup tables make differs");
        }

        if (reference.ShownBands is { } bands)
        {
            var levels = Array.ConvertAll(picture.Pixels, p => p / (double)picture.MaxValue);
            CompareBands("shown", Bands(levels, picture.Height, picture.Width), bands, 0.002, wrong);
        }

        return wrong;
    }

    private static void CompareBands(string what, double[] ours, double[]? theirs, double tolerance, List<string> wrong)
    {
        for (var i = 0; theirs is not null && i < ours.Length; i++)
        {
            if (Math.Abs(ours[i] - theirs[i]) > tolerance)
            {
                wrong.Add($"{what} values of band {i} have the mean {ours[i]:0.0000} instead of {theirs[i]:0.0000}");
                return;
            }
        }
    }

    /// <summary>Means of sixteen horizontal bands, cut as numpy.array_split does.</summary>
    private static double[] Bands(double[] values, int rows, int columns)
    {
        var (size, larger) = (rows / 16, rows % 16);
        var start = 0;
        return
        [
            .. Enumerable
                .Range(0, 16)
                .Select(i =>
                {
                    var count = (size + (i < larger ? 1 : 0)) * columns;
                    var mean = values.AsSpan(start, count).ToArray().Average();
                    start += count;
                    return mean;
                }),
        ];
    }

    private static string Hash(int[] values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));

    private sealed record Reference(
        string File,
        string? Error,
        bool Lossy,
        int Rows,
        int Columns,
        string? Sha256,
        int Min,
        int Max,
        double[]? Bands,
        string? ShownSha256,
        double[]? ShownBands
    );
}
