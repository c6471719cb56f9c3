using System.Buffers.Binary;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Training;
using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Data;

public sealed class CohortSquaresTests : IDisposable
{
    private static readonly PreprocessingOptions Preprocessing = PreprocessingOptions.None(ToyData.Side);

    private readonly ScratchFolder _scratch = new();
    private readonly string _images;
    private readonly IReadOnlyList<CohortRow> _rows;
    private readonly string _segmenter;
    private readonly List<string> _said = [];

    public CohortSquaresTests()
    {
        (var manifest, _images) = ToyFiles.WriteCohort(_scratch, 10, ToyData.Row(90, 90, view: "LATERAL"));
        _rows = CohortManifest.Read(manifest);
        _segmenter = _scratch.At("segmenter.safetensors");
        using var random = new Generator(1);
        using var network = new UNet(new(Depth: 2, BaseWidth: 4));
        Initialisation.Seeded(network, random);
        new SegmenterFile(network, Preprocessing).Write(_segmenter);
    }

    private string File1 => Assert.Single(Directory.EnumerateFiles(_scratch.At("cache")));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Build_Cohort_HoldsEveryUsableImageInOrderWithItsMap()
    {
        using var squares = GetOrBuild();

        var preprocessor = new Preprocessor(Preprocessing);
        Assert.Equal(_rows.Take(20).Select(r => r.Image), squares.Samples.Select(s => s.Row.Image));
        Assert.Equal(["image90.png"], squares.Excluded.Select(e => e.Row.Image));
        using var scope = NewDisposeScope();
        var segmenter = SegmenterFile.Read(_segmenter);
        foreach (var sample in squares.Samples)
        {
            var square = preprocessor.Apply(RadiographReader.ReadFile(Path.Combine(_images, sample.Row.Image))).Square;
            Assert.Equal(square.Pixels, sample.Read().Image.Pixels);
            var map = LungMaps.Of([square], segmenter, CPU)[0].Pixels;
            Assert.All(map.Zip(sample.Read().LungMap.Pixels), p => Assert.InRange(p.First - p.Second, -1, 1));
        }
    }

    [Fact]
    public void GetOrBuild_Again_UsesTheFileAndSaysSo()
    {
        GetOrBuild().Dispose();
        Assert.Empty(_said);
        foreach (var image in Directory.EnumerateFiles(_images))
        {
            // Equal size and time, but no picture any more: nobody may look at it again.
            var time = File.GetLastWriteTimeUtc(image);
            File.WriteAllBytes(image, new byte[new FileInfo(image).Length]);
            File.SetLastWriteTimeUtc(image, time);
        }

        using var squares = GetOrBuild();

        Assert.Equal(20, squares.Samples.Count);
        Assert.StartsWith("Using cached squares: 20", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void GetOrBuild_OtherImagesRowsOrPreprocessing_IsAnotherFile()
    {
        GetOrBuild().Dispose();
        File.SetLastWriteTimeUtc(Path.Combine(_images, _rows[0].Image), DateTime.UnixEpoch);
        GetOrBuild().Dispose();
        GetOrBuild(preprocessing: new() { Side = ToyData.Side }).Dispose();
        GetOrBuild(rows: [.. _rows.Skip(1)]).Dispose();

        Assert.Equal(4, Directory.EnumerateFiles(_scratch.At("cache")).Count());
        Assert.Empty(_said);
    }

    [Fact]
    public void Build_UnreadableImages_AreRefusedTogetherOrSkipped()
    {
        File.WriteAllText(Path.Combine(_images, "image3.png"), "no picture");
        File.Delete(Path.Combine(_images, "image17.png"));

        var problem = Assert.Throws<InvalidTrainingDataException>(() => GetOrBuild()).Message;

        Assert.Contains("2 of 21 images cannot be read", problem, StringComparison.Ordinal);
        Assert.Contains("image3.png", problem, StringComparison.Ordinal);
        Assert.Contains("image17.png", problem, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_scratch.At("cache")));
        using (var squares = GetOrBuild(skip: true))
        {
            Assert.Equal(["image3.png", "image17.png"], squares.Failed.Select(f => f.Row.Image));
            Assert.Equal(18, squares.Samples.Count);
        }

        // What was skipped once is not skipped silently the next time.
        Assert.Throws<InvalidTrainingDataException>(() => GetOrBuild());
    }

    [Theory]
    [InlineData(0, "no file of squares")]
    [InlineData(9, "has version")]
    [InlineData(12, "cut off or damaged")]
    [InlineData(40, "it is damaged")]
    [InlineData(5000, "it is damaged")]
    [InlineData(-2, "it is damaged")]
    public void Open_OneByteChanged_IsRefusedAndMadeAgain(int at, string why)
    {
        GetOrBuild().Dispose();
        var bytes = File.ReadAllBytes(File1);
        bytes[at < 0 ? bytes.Length + at : at] ^= 4;
        File.WriteAllBytes(File1, bytes);

        var problem = Assert.Throws<InvalidSquaresException>(() =>
            CohortSquares.Open(File1, TestContext.Current.CancellationToken)
        );

        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Contains(File1, problem.Message, StringComparison.Ordinal);
        using var again = GetOrBuild();
        Assert.Equal(20, again.Samples.Count);
        Assert.Contains(why, Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutOffOrNewer_IsRefused()
    {
        GetOrBuild().Dispose();
        var bytes = File.ReadAllBytes(File1);
        foreach (var length in new[] { 0, 10, 64, bytes.Length - 1 })
        {
            File.WriteAllBytes(_scratch.At("cut"), bytes[..length]);
            Assert.Throws<InvalidSquaresException>(() =>
                CohortSquares.Open(_scratch.At("cut"), TestContext.Current.CancellationToken)
            );
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 2);
        File.WriteAllBytes(_scratch.At("newer"), bytes);
        var problem = Assert.Throws<InvalidSquaresException>(() =>
            CohortSquares.Open(_scratch.At("newer"), TestContext.Current.CancellationToken)
        );
        Assert.Contains("version 2, this program reads version 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        var reports = new Reports(_ => stop.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(() => GetOrBuild(progress: reports, ct: stop.Token));
        Assert.Empty(Directory.EnumerateFiles(_scratch.At("cache")));
    }

    private CohortSquares GetOrBuild(
        IReadOnlyList<CohortRow>? rows = null,
        PreprocessingOptions? preprocessing = null,
        bool skip = false,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken? ct = null
    ) =>
        new SquaresCache(_scratch.At("cache")).GetOrBuild(
            rows ?? _rows,
            _images,
            preprocessing ?? Preprocessing,
            _segmenter,
            CPU,
            skip,
            _said.Add,
            progress,
            ct ?? TestContext.Current.CancellationToken
        );
}
