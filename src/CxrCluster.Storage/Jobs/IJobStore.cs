using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Jobs;

/// <summary>
/// Scoring jobs: a row per job, per (job, hospital) part and per item. An item whose image already has a final Scored or
/// Excluded result for its content and model starts in that state.
/// </summary>
public interface IJobStore
{
    /// <summary>Creates the job with its parts and items in one transaction; without items it is Done at once. The
    /// same image may be named by several items: each gets its state.</summary>
    /// <exception cref="InvalidOperationException">The job id exists, two items have one ordinal, or an image is not in the
    /// ledger: nothing was written.</exception>
    Task CreateAsync(ScoringJobRecord job, IReadOnlyList<JobItemSeed> items, CancellationToken cancellationToken);

    /// <summary>Takes the part over: raises its epoch and returns it. Null when the part is not Running.</summary>
    Task<JobPart?> TakeOverAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>The next items of the part that have no final state, after the ordinal given, in order.</summary>
    Task<IReadOnlyList<JobItem>> ReadPendingAsync(
        JobId job,
        HospitalId hospital,
        long afterOrdinal,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Records results and the items' final states in one transaction.</summary>
    /// <returns>The results as recorded: where a Scored result was there already, that one.</returns>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The part's epoch is no longer this one, or the part is
    /// not Running: nothing was written.</exception>
    /// <exception cref="InvalidOperationException">A result is not about its item's image and model: nothing was written.</exception>
    Task<IReadOnlyList<ScoreRecord>> CommitAsync(
        JobPart part,
        IReadOnlyList<JobItemResult> results,
        CancellationToken cancellationToken
    );

    /// <summary>Marks the part Done, and the job when it was the last part. Fenced like a commit.</summary>
    /// <exception cref="InvalidOperationException">Items are pending (somebody retried failed ones meanwhile): run again.</exception>
    Task CompleteAsync(JobPart part, CancellationToken cancellationToken);

    /// <summary>Parts that are Running: a watchdog makes sure that each has a coordinator.</summary>
    Task<IReadOnlyList<(JobId Job, HospitalId Hospital)>> ListRunningAsync(CancellationToken cancellationToken);

    /// <summary>Counts by state; null when there is no such job.</summary>
    Task<JobProgress?> ReadProgressAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Jobs, newest first.</summary>
    Task<IReadOnlyList<JobProgress>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Marks the job and its running parts Cancelled and raises their epochs, so that no coordinator writes on. No
    /// effect on what is done already.</summary>
    Task CancelAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Puts failed items back to pending (or to the result that there is by now, as at creation), fetches again what
    /// a PACS could not deliver, and puts their parts and the job to Running. Returns how many.</summary>
    Task<int> RetryFailedAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Items in a final state with ordinal at or after the one given, in order, streamed. The caller sees gaps
    /// where items are still pending.</summary>
    IAsyncEnumerable<(long Ordinal, ScoredInstance Result)> ReadResultsAsync(
        JobId job,
        long fromOrdinal,
        CancellationToken cancellationToken
    );

    /// <summary>Halts the job and its running parts, and raises their epochs. What was done stays done.</summary>
    Task PauseAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Lets a paused job go on.</summary>
    Task ResumeAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Creates a job over what the hospitals' PACSs hold for study dates, both ends included. It has no items yet:
    /// they are added as instances arrive, and its parts run until their range is closed.</summary>
    /// <exception cref="InvalidOperationException">The job id exists, or no hospital is named: nothing was written.</exception>
    Task CreateOverPacsAsync(
        ScoringJobRecord job,
        IReadOnlyList<HospitalId> hospitals,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    );

    /// <summary>Ranges of running parts of this hospital that are not closed.</summary>
    Task<IReadOnlyList<JobRange>> ListOpenRangesAsync(HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>The PACS was looked through for the part's dates since the job began.</summary>
    Task NoteSweptAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>Adds what was fetched in the part's range to its items. Closes the range when the PACS was looked through,
    /// its studies are settled and nothing is on its way.</summary>
    /// <returns>Whether nothing more will be added: the range is closed, or the part does not run.</returns>
    Task<bool> GatherAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>Whether items may still be added to the part.</summary>
    Task<bool> IsGatheringAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken);
}
