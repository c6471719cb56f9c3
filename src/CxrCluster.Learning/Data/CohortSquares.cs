using System.IO.MemoryMappedFiles;
using System.Text.Json;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Training;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>
/// A cohort preprocessed once: an 8-bit square and its lung map per usable image in one file, with the manifest's rows and
/// what was left out and why. The file is mapped, not loaded: 2,427 images of side 1024 take 5 GB on the disk and nothing here.
/// </summary>
public sealed class CohortSquares : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SquaresHeader _header;

    private CohortSquares(string path, SquaresHeader header, string hash)
    {
        (_header, Hash) = (header, hash);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var json = new byte[header.IndexLength];
        _view.ReadArray(header.IndexStart, json, 0, json.Length);
        var index = JsonSerializer.Deserialize<SquaresIndex>(json);
        if (index is null || index.Rows.Count != header.Images)
        {
            Dispose();
            throw new FormatException("its rows are not those of its images");
        }

        Samples = [.. index.Rows.Select((row, i) => new ClassificationSample(row, () => Read(i)))];
        Excluded = index.Excluded;
        Failed = index.Failed;
    }

    /// <summary>SHA-256 over the whole content, hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Side of the squares.</summary>
    public int Side => _header.Side;

    /// <summary>Usable images, in the manifest's order; they read from the file as long as this is not disposed.</summary>
    public IReadOnlyList<ClassificationSample> Samples { get; }

    /// <summary>Laterals and images with rectangular artifacts: not what the model is for.</summary>
    public IReadOnlyList<SkippedImage> Excluded { get; }

    /// <summary>Files that are missing or cannot be read.</summary>
    public IReadOnlyList<SkippedImage> Failed { get; }

    /// <summary>
    /// Reads, preprocesses and segments a cohort into a file, which appears whole or not at all. Files on all cores; the
    /// segmenter on the calling thread.
    /// </summary>
    /// <param name="path">The file to write; its folder is made.</param>
    /// <param name="rows">The manifest.</param>
    /// <param name="imagesFolder">Where its images are.</param>
    /// <param name="preprocessing">Valid options; their side is the squares'.</param>
    /// <param name="segmenter">Makes the lung maps; its network must be on <paramref name="device"/>.</param>
    /// <param name="device">Where the segmenter computes.</param>
    /// <param name="skipUnreadable">Whether missing and unreadable files are left out; otherwise they are refused.</param>
    /// <param name="progress">Told of every file.</param>
    /// <param name="ct">Stops between two files or batches.</param>
    /// <exception cref="InvalidTrainingDataException">Files are missing or unreadable and were not to be skipped.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static CohortSquares Build(
        string path,
        IReadOnlyList<CohortRow> rows,
        string imagesFolder,
        PreprocessingOptions preprocessing,
        SegmenterFile segmenter,
        Device device,
        bool skipUnreadable,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        new SquaresWriter(
            new CohortReader(imagesFolder, preprocessing),
            segmenter,
            device,
            skipUnreadable,
            progress
        ).Write(path, rows, preprocessing.Side, ct);
        return Open(path, ct);
    }

    /// <summary>Opens a file and verifies its content.</summary>
    /// <exception cref="InvalidSquaresException">It is absent, damaged, cut off or of another version.</exception>
    public static CohortSquares Open(string path, CancellationToken ct = default)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (header, hash) = SquaresHeader.ReadAndVerify(file, ct);
            return new CohortSquares(path, header, hash);
        }
        catch (Exception problem)
            when (problem is FormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSquaresException(
                $"The preprocessed images {path} cannot be used: {problem.Message.TrimEnd('.')}. Delete the file; it is made "
                    + "again from the images.",
                problem
            );
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private (SquareImage Image, SquareImage LungMap) Read(int index)
    {
        var start = SquaresHeader.Length + 2 * _header.PlaneLength * index;
        return (Plane(start), Plane(start + _header.PlaneLength));
    }

    private SquareImage Plane(long start)
    {
        var pixels = new byte[_header.PlaneLength];
        _view.ReadArray(start, pixels, 0, pixels.Length);
        return new(Side, pixels);
    }
}
