using System.Security.Cryptography;
using System.Text.Json;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>
/// Finds the squares of a cohort in a folder, or makes them. A file's name is a hash over all that shapes it: the rows, the
/// images' sizes and times, the preprocessing and the segmenter.
/// </summary>
/// <param name="folder">Made when it is not there; files nobody needs any more can be deleted at any time.</param>
public sealed class SquaresCache(string folder)
{
    /// <summary>Changes when the same input would give other squares.</summary>
    private const int Method = 1;

    /// <summary>The squares, from the folder when they are there and sound.</summary>
    /// <param name="rows">The manifest.</param>
    /// <param name="imagesFolder">Where its images are.</param>
    /// <param name="preprocessing">Valid options.</param>
    /// <param name="segmenterFile">A trained segmenter.</param>
    /// <param name="device">Where the segmenter computes.</param>
    /// <param name="skipUnreadable">Whether missing and unreadable files are left out; otherwise they are refused.</param>
    /// <param name="say">Told in a sentence whether the squares were there, and of a damaged file.</param>
    /// <param name="progress">Told of every file that is read.</param>
    /// <param name="ct">Stops between two files or batches.</param>
    /// <exception cref="InvalidTrainingDataException">Files are missing or unreadable and were not to be skipped.</exception>
    /// <exception cref="Weights.InvalidWeightsException">The segmenter cannot be used.</exception>
    public CohortSquares GetOrBuild(
        IReadOnlyList<CohortRow> rows,
        string imagesFolder,
        PreprocessingOptions preprocessing,
        string segmenterFile,
        Device device,
        bool skipUnreadable,
        Action<string>? say,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        using var scope = NewDisposeScope();
        var segmenter = SegmenterFile.Read(segmenterFile); // first of all: a file that is none is refused at once
        using var network = segmenter.Network;
        var path = Path.Combine(folder, $"{Key(rows, imagesFolder, preprocessing, segmenterFile)}.squares");
        if (File.Exists(path) && Opened(path, skipUnreadable, say, ct) is { } squares)
        {
            return squares;
        }

        network.to(device);
        return CohortSquares.Build(
            path,
            rows,
            imagesFolder,
            preprocessing,
            segmenter,
            device,
            skipUnreadable,
            progress,
            ct
        );
    }

    private static CohortSquares? Opened(string path, bool skipUnreadable, Action<string>? say, CancellationToken ct)
    {
        try
        {
            var squares = CohortSquares.Open(path, ct);
            if (squares.Failed.Count > 0 && !skipUnreadable)
            {
                squares.Dispose();
                return null; // made with --skip-unreadable; building again says what is unreadable
            }

            say?.Invoke($"Using cached squares: {squares.Samples.Count} preprocessed images in {path}.");
            return squares;
        }
        catch (InvalidSquaresException problem)
        {
            say?.Invoke($"{problem.Message} That is done now.");
            return null;
        }
    }

    private static string Key(
        IReadOnlyList<CohortRow> rows,
        string imagesFolder,
        PreprocessingOptions preprocessing,
        string segmenterFile
    )
    {
        using var segmenter = File.OpenRead(segmenterFile);
        var key = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Method,
                Rows = rows,
                Files = rows.Select(row => new FileInfo(Path.Combine(imagesFolder, row.Image)))
                    .Select(file => file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "absent"),
                Preprocessing = preprocessing,
                Segmenter = Convert.ToHexString(SHA256.HashData(segmenter)),
            }
        );
        return Convert.ToHexStringLower(SHA256.HashData(key))[..32];
    }
}
