using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Eligibility;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>A cohort in memory: what can be trained on, and what was left out with the reason.</summary>
/// <param name="Samples">Usable images, in the manifest's order.</param>
/// <param name="Excluded">Laterals and images with rectangular artifacts, not what the model is for; repeated rows.</param>
/// <param name="Failed">Files that are missing or cannot be read.</param>
public sealed record ClassificationData(
    IReadOnlyList<ClassificationSample> Samples,
    IReadOnlyList<SkippedImage> Excluded,
    IReadOnlyList<SkippedImage> Failed
)
{
    // The optional column in which a manifest says what the pixel detector may overlook.
    private const string ArtifactColumn = "artifact";
    private const string RectangleMark = "rectangle";
    private const int SegmenterBatch = 8;

    /// <summary>
    /// Reads, preprocesses and segments a cohort once. Files on all cores; the segmenter on the calling thread.
    /// </summary>
    /// <param name="rows">The manifest.</param>
    /// <param name="imagesFolder">Where its images are.</param>
    /// <param name="preprocessing">Valid options.</param>
    /// <param name="segmenter">Makes the lung maps; its network must be on <paramref name="device"/>.</param>
    /// <param name="device">Where the segmenter computes.</param>
    /// <param name="progress">Told of every file.</param>
    /// <param name="ct">Stops between two files or batches.</param>
    public static ClassificationData Load(
        IReadOnlyList<CohortRow> rows,
        string imagesFolder,
        PreprocessingOptions preprocessing,
        SegmenterFile segmenter,
        Device device,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var preprocessor = new Preprocessor(preprocessing);
        var read = ParallelRead.Run(rows, row => Read(row, imagesFolder, preprocessor), progress, ct);
        var usable = read.Where(r => r.Image is not null).ToList();
        var maps = LungMaps([.. usable.Select(u => u.Image!)], segmenter, device, ct);
        return new(
            [.. usable.Zip(maps, (u, map) => new ClassificationSample(u.Row, u.Image!, map))],
            [.. read.Where(r => r.Exclusion is not null).Select(r => new SkippedImage(r.Row, r.Exclusion!))],
            [.. read.Where(r => r.Failure is not null).Select(r => new SkippedImage(r.Row, r.Failure!))]
        );
    }

    private static Outcome Read(CohortRow row, string imagesFolder, Preprocessor preprocessor)
    {
        if (Views.IsLateral(row.View))
        {
            return new(row, Exclusion: $"{row.Image} is a lateral view ({row.View}); only frontal views are used.");
        }

        if (row.Other.GetValueOrDefault(ArtifactColumn) == RectangleMark)
        {
            return new(row, Exclusion: $"{row.Image} is marked in the manifest as having a rectangular artifact.");
        }

        try
        {
            var radiograph = RadiographReader.ReadFile(Path.Combine(imagesFolder, row.Image));
            return new RectangularArtifactDetector().Detect(radiograph) is { } artifact
                ? new(row, Exclusion: $"{row.Image}: {artifact.Description}")
                : new(row, Image: preprocessor.Apply(radiograph).Square);
        }
        catch (UnreadableImageException problem)
        {
            return new(row, Failure: problem.Message);
        }
    }

    private static List<SquareImage> LungMaps(
        IReadOnlyList<SquareImage> images,
        SegmenterFile segmenter,
        Device device,
        CancellationToken ct
    )
    {
        var maps = new List<SquareImage>(images.Count);
        segmenter.Network.eval();
        using var noGradient = no_grad();
        foreach (var chunk in images.Chunk(SegmenterBatch))
        {
            ct.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var input = NetworkInput.FromSquares(chunk).to(device);
            var gray = NetworkInput
                .LungProbability(segmenter.Network, input, segmenter.Side)
                .mul_(Scalars.White)
                .round_();
            var pixels = gray.to(uint8).cpu().data<byte>().ToArray();
            var plane = chunk[0].Pixels.Length;
            maps.AddRange(
                chunk.Select((image, i) => new SquareImage(image.Side, pixels[(i * plane)..((i + 1) * plane)]))
            );
        }

        return maps;
    }

    private sealed record Outcome(
        CohortRow Row,
        SquareImage? Image = null,
        string? Exclusion = null,
        string? Failure = null
    );
}
