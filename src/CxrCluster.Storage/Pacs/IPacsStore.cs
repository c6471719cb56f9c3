using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Storage.Pacs;

/// <summary>
/// PACS sources and their ledger: what each PACS was seen to hold, and how far that is. Everything a coordinator writes is
/// fenced by its lease; results reach the ledger in the transaction that records them, whoever computed them.
/// </summary>
/// <remarks>Methods with a lease throw <see cref="Contracts.Faults.StaleCoordinatorException"/> when it is over.</remarks>
public interface IPacsStore
{
    /// <summary>Adds a source or changes it; its coordinator starts anew. Sweep times are kept.</summary>
    Task PutSourceAsync(PacsSource source, CancellationToken cancellationToken);

    /// <summary>Forgets a source; its ledger and results stay. False when there is none.</summary>
    Task<bool> RemoveSourceAsync(HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>All sources, by hospital.</summary>
    Task<IReadOnlyList<PacsSource>> ListSourcesAsync(CancellationToken cancellationToken);

    /// <summary>Raises the source's epoch; null when there is no such source.</summary>
    Task<(PacsLease Lease, PacsSource Source)?> TakeOverAsync(HospitalId hospital, CancellationToken cancellationToken);

    /// <summary>Writes a completed sweep down and clears the fault.</summary>
    Task NoteSweepAsync(PacsLease lease, PacsSweepKind kind, DateTimeOffset begun, CancellationToken cancellationToken);

    /// <summary>Writes down why sweeping fails.</summary>
    Task NoteFaultAsync(PacsLease lease, string fault, CancellationToken cancellationToken);

    /// <summary>Adds studies that are new; returns those whose instances must be listed: new ones, those whose count changed, is
    /// not known or is not that of the last listing, those that are not settled yet.</summary>
    Task<IReadOnlyList<string>> NoteStudiesAsync(
        PacsLease lease,
        IReadOnlyList<StudySighting> studies,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Adds a study's instances that are new. A study is settled when two listings in a row were equally long and
    /// the count did not change between them.</summary>
    /// <param name="urgent">Puts the study's unfinished instances before all others.</param>
    /// <param name="refetch">Fetches those known again, to see whether their content changed.</param>
    /// <returns>How many were new.</returns>
    Task<int> NoteListingAsync(
        PacsLease lease,
        string study,
        IReadOnlyList<InstanceSighting> instances,
        DateTimeOffset now,
        bool urgent,
        bool refetch,
        CancellationToken cancellationToken
    );

    /// <summary>The PACS has the study no longer: it will not grow.</summary>
    Task NoteGoneAsync(PacsLease lease, string study, CancellationToken cancellationToken);

    /// <summary>Studies that are not settled and were listed last before the time given.</summary>
    Task<IReadOnlyList<string>> ReadUnsettledAsync(
        HospitalId hospital,
        DateTimeOffset listedBefore,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Instances to be fetched now, urgent ones first.</summary>
    Task<IReadOnlyList<PacsInstanceRecord>> ReadToFetchAsync(
        HospitalId hospital,
        DateTimeOffset now,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Instances to be scored now, urgent ones first; with <paramref name="onlyUrgent"/> no others. Those that a running
    /// job over the PACS covers are left to it, unless they are urgent.</summary>
    Task<IReadOnlyList<(InstanceRecord Instance, bool Urgent)>> ReadToScoreAsync(
        HospitalId hospital,
        DateTimeOffset now,
        int count,
        bool onlyUrgent,
        CancellationToken cancellationToken
    );

    /// <summary>Enters an instance's content into both ledgers. Other content than before is a new revision, which the audit
    /// trail shows, and is scored again; equal content changes nothing.</summary>
    Task FetchedAsync(PacsLease lease, InstanceRecord instance, CancellationToken cancellationToken);

    /// <summary>A try to fetch failed.</summary>
    /// <param name="next">When it is tried again; null: it is parked.</param>
    Task FetchFailedAsync(
        PacsLease lease,
        SopInstanceUid uid,
        Reason reason,
        DateTimeOffset? next,
        CancellationToken cancellationToken
    );

    /// <summary>One row of the ledger, or null.</summary>
    Task<PacsInstanceRecord?> FindAsync(InstanceId id, CancellationToken cancellationToken);

    /// <summary>Rows by hospital and state.</summary>
    Task<IReadOnlyList<(HospitalId Hospital, PacsInstanceState State, int Count)>> CountAsync(
        CancellationToken cancellationToken
    );
}
