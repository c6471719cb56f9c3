using System.Security.Cryptography;
using System.Text.Json;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Training;
using CxrCluster.Learning.Weights;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Data;

/// <summary>Makes a file of squares, a few images at a time.</summary>
internal sealed class SquaresWriter(
    CohortReader reader,
    SegmenterFile segmenter,
    Device device,
    bool skipUnreadable,
    IProgress<TrainingProgress>? progress
)
{
    private const int SegmenterBatch = 8;
    private const int Listed = 5;

    /// <summary>Files read at once before the segmenter runs: enough to keep all cores busy.</summary>
    private static readonly int Window = SegmenterBatch * Math.Max(2, Environment.ProcessorCount);

    public void Write(string path, IReadOnlyList<CohortRow> rows, int side, CancellationToken ct) =>
        AtomicFile.Write(
            path,
            file =>
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                file.Write(new byte[SquaresHeader.Length]);
                var index = WriteSquares(rows, Append, ct);
                var json = JsonSerializer.SerializeToUtf8Bytes(index);
                Append(json);
                file.Position = 0;
                file.Write(new SquaresHeader(side, index.Rows.Count, json.Length).ToBytes(hash));

                void Append(byte[] bytes)
                {
                    file.Write(bytes);
                    hash.AppendData(bytes);
                }
            }
        );

    private SquaresIndex WriteSquares(IReadOnlyList<CohortRow> rows, Action<byte[]> append, CancellationToken ct)
    {
        var (used, excluded, failed) = (new List<CohortRow>(), new List<SkippedImage>(), new List<SkippedImage>());
        var before = 0;
        foreach (var window in rows.Chunk(Window))
        {
            var read = ParallelRead.Run(window, reader.Read, progress, ct, before, rows.Count);
            before += window.Length;
            excluded.AddRange(
                read.Where(r => r.Exclusion is not null).Select(r => new SkippedImage(r.Row, r.Exclusion!))
            );
            failed.AddRange(read.Where(r => r.Failure is not null).Select(r => new SkippedImage(r.Row, r.Failure!)));
            if (failed.Count > 0 && !skipUnreadable)
            {
                continue; // refused in the end; the rest is read to name every bad file at once
            }

            foreach (var batch in read.Where(r => r.Image is not null).Chunk(SegmenterBatch))
            {
                ct.ThrowIfCancellationRequested();
                var maps = LungMaps.Of([.. batch.Select(r => r.Image!)], segmenter, device);
                foreach (var (outcome, map) in batch.Zip(maps))
                {
                    used.Add(outcome.Row);
                    append(outcome.Image!.Pixels);
                    append(map.Pixels);
                }
            }
        }

        return failed.Count == 0 || skipUnreadable
            ? new(used, excluded, failed)
            : throw new InvalidTrainingDataException(
                $"{failed.Count} of {rows.Count} images cannot be read: "
                    + $"{string.Join(' ', failed.Take(Listed).Select(f => f.Reason))}"
                    + $"{(failed.Count > Listed ? $" ... and {failed.Count - Listed} more." : "")} Repair them or take them "
                    + "out of the manifest; --skip-unreadable trains without them."
            );
    }
}
