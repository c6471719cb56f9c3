using CxrCluster.Learning.Data;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Training;

/// <summary>
/// Brings cohorts and initial weights from the blob store to a local folder, once. Cohorts are mapped into memory, not
/// loaded, and stay open as long as the process: every slot trains on the same pages.
/// </summary>
public sealed class CohortCache(IBlobStore blobs, string folder) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Dictionary<string, CohortSquares> _open = new(StringComparer.Ordinal);

    /// <summary>The cohort, verified.</summary>
    /// <param name="hash">Its content's hash, <see cref="CohortSquares.Hash"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HopelessRunException">It is not in the blob store.</exception>
    public async Task<CohortSquares> GetCohortAsync(string hash, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(hash, out CohortSquares? open))
                return open;
            string path = Path.Combine(folder, "cohorts", hash);
            if (TryOpen(path, hash, cancellationToken) is not { } cohort)
            {
                await DownloadAsync(BlobKeys.Cohort(hash), path, cancellationToken);
                cohort =
                    TryOpen(path, hash, cancellationToken)
                    ?? throw new HopelessRunException(
                        $"The cohort {hash} is damaged in the blob store. Cancel the sweep and submit it again."
                    );
            }
            return _open[hash] = cohort;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The cohort that <see cref="GetCohortAsync"/> has brought.</summary>
    public CohortSquares Open(string hash)
    {
        _oneAtATime.Wait();
        try
        {
            return _open[hash];
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Brings weights; their reader verifies them.</summary>
    public async Task<string> GetWeightsAsync(string hash, CancellationToken cancellationToken)
    {
        string path = WeightsPath(hash);
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(path))
                await DownloadAsync(BlobKeys.Weights(hash), path, cancellationToken);
            return path;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Where weights lie when they have been brought.</summary>
    public string WeightsPath(string hash) => Path.Combine(folder, "weights", $"{hash}.safetensors");

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (CohortSquares cohort in _open.Values)
            cohort.Dispose();
        _oneAtATime.Dispose();
    }

    /// <summary>Null when it is absent or damaged: then it is fetched.</summary>
    private static CohortSquares? TryOpen(string path, string hash, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            CohortSquares cohort = CohortSquares.Open(path, cancellationToken);
            if (string.Equals(cohort.Hash, hash, StringComparison.Ordinal))
                return cohort;
            cohort.Dispose();
        }
        catch (InvalidSquaresException)
        {
            // a download that was cut off, or a disk that forgets: the blob store has the original
        }
        return null;
    }

    private async Task DownloadAsync(string key, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string arriving = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (FileStream destination = File.Create(arriving))
                if (!await blobs.DownloadAsync(key, destination, cancellationToken))
                    throw new HopelessRunException(
                        $"The blob store has no {key}. Cancel the sweep and submit it again."
                    );
            File.Move(arriving, path, overwrite: true);
        }
        finally
        {
            File.Delete(arriving); // no error when it is gone
        }
    }
}
