using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Grains.Training;

/// <summary>Submits, pauses, resumes and cancels sweeps: bytes first, then rows, then the coordinator is woken.</summary>
public sealed class TrainingSweeps(ISweepStore sweeps, IBlobStore blobs, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Sends a file that a sweep needs, under a key that is its content's hash; nothing when it is there.</summary>
    /// <param name="key">See <see cref="BlobKeys.Cohort"/> and <see cref="BlobKeys.Weights"/>.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UploadAsync(string key, string file, CancellationToken cancellationToken)
    {
        if (await blobs.ExistsAsync(key, cancellationToken))
            return;
        await using FileStream source = File.OpenRead(file);
        await blobs.UploadAsync(key, source, cancellationToken);
    }

    /// <summary>Starts a sweep whose files were uploaded.</summary>
    /// <exception cref="ArgumentException">The specification is wrong; the message says where.</exception>
    /// <exception cref="ModelUnavailableException">The cohort or weights are not in the blob store.</exception>
    public async Task<SweepId> SubmitAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Validate().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(spec));
        foreach (string key in spec.Weights.Values.Select(BlobKeys.Weights).Prepend(BlobKeys.Cohort(spec.Cohort)))
            if (!await blobs.ExistsAsync(key, cancellationToken))
                throw new ModelUnavailableException($"The blob store has no {key}: send the file before the sweep.");
        DateTimeOffset now = time.GetUtcNow();
        var id = new SweepId($"{now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}");
        await sweeps.CreateAsync(id, spec, now, cancellationToken);
        await WakeAsync();
        return id;
    }

    /// <summary>Halts it; epochs under way are lost, those before are kept.</summary>
    /// <returns>Whether it was running.</returns>
    public Task<bool> PauseAsync(SweepId sweep, CancellationToken cancellationToken) =>
        ThenWakeAsync(sweeps.PauseAsync(sweep, cancellationToken));

    /// <summary>Lets a paused one go on.</summary>
    /// <returns>Whether it was paused.</returns>
    public Task<bool> ResumeAsync(SweepId sweep, CancellationToken cancellationToken) =>
        ThenWakeAsync(sweeps.ResumeAsync(sweep, cancellationToken));

    /// <summary>Ends it for good.</summary>
    /// <returns>Whether it was running or paused.</returns>
    public Task<bool> CancelAsync(SweepId sweep, CancellationToken cancellationToken) =>
        ThenWakeAsync(sweeps.CancelAsync(sweep, cancellationToken));

    private async Task<bool> ThenWakeAsync(Task<bool> change)
    {
        bool changed = await change;
        if (changed)
            await WakeAsync();
        return changed;
    }

    private Task WakeAsync() => grains.GetGrain<ISweepGrain>(0).EnsureRunning();
}
