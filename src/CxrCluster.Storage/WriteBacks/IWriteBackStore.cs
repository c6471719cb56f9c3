using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.WriteBacks;

/// <summary>
/// The outbox of reports. A result that is recorded while its hospital is not Off gets its row in the transaction that
/// records it, so that none is lost and none is there without its result; one row per (image, content, model), so that none
/// is sent twice under two names.
/// </summary>
public interface IWriteBackStore
{
    /// <summary>The hospital's mode; Off unless it was set.</summary>
    Task<WriteBackMode> ModeAsync(HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>Sets the mode. It counts for results recorded from now on; what waits is sent in assist mode only.</summary>
    Task SetModeAsync(HospitalId hospital, WriteBackMode mode, CancellationToken cancellationToken);

    /// <summary>Reports that are due, oldest first, of hospitals in assist mode. Whoever dies with a claim loses it when it
    /// runs out.</summary>
    Task<IReadOnlyList<WriteBackClaim>> ClaimAsync(
        int count,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    );

    /// <summary>Ends a claim: sent.</summary>
    /// <returns>False when the claim had run out and another holds it.</returns>
    Task<bool> SentAsync(WriteBackClaim claim, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends a claim: to be tried again at <paramref name="again"/>, or parked when that is null.</summary>
    /// <returns>False when the claim had run out and another holds it.</returns>
    Task<bool> FailedAsync(
        WriteBackClaim claim,
        string reason,
        DateTimeOffset? again,
        CancellationToken cancellationToken
    );

    /// <summary>Takes up a hospital's parked reports again.</summary>
    /// <returns>How many.</returns>
    Task<int> RetryParkedAsync(HospitalId hospital, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many reports of a hospital are in each state.</summary>
    Task<IReadOnlyDictionary<WriteBackState, int>> CountAsync(HospitalId hospital, CancellationToken cancellationToken);
}
