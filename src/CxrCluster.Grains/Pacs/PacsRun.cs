using System.Threading.Channels;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Dicom.Web;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Pacs;

/// <summary>
/// One hospital's PACS under one lease: five loops side by side that look for what is new, look through all of it, fetch,
/// score and feed jobs. The rows are their only memory; a fault pauses the loop that met it and no other.
/// </summary>
public sealed partial class PacsRun(
    IPacsStore store,
    IJobStore jobs,
    IPacsClients clients,
    PacsSweeper sweeper,
    PacsFetcher fetcher,
    PacsScorer scorer,
    IOptions<PacsOptions> options,
    TimeProvider time,
    ILogger<PacsRun> logger
)
{
    private readonly PacsOptions _options = options.Value;

    /// <summary>Runs until it is cancelled, or at once returns when there is no such source.</summary>
    /// <exception cref="StaleCoordinatorException">Another run has taken the source over, or it was changed.</exception>
    public async Task RunAsync(HospitalId hospital, Channel<PacsHint> hints, CancellationToken cancellationToken)
    {
        if (await store.TakeOverAsync(hospital, cancellationToken) is not { } taken)
            return;
        using IPacsClient? client = await OpenAsync(taken.Lease, taken.Source, cancellationToken);
        if (client is null)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = new Run(client, taken.Lease, hints);
        Task[] loops =
        [
            LoopAsync(run, LookAsync, stop.Token),
            LoopAsync(run, LookWideAsync, stop.Token),
            LoopAsync(run, (r, token) => fetcher.FetchDueAsync(r.Client, r.Lease, token), stop.Token),
            LoopAsync(run, (r, token) => scorer.ScoreDueAsync(r.Lease.Hospital, token), stop.Token),
            LoopAsync(run, GatherAsync, stop.Token),
        ];
        Task first = await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>A client; null, and the reason written down, when the source is not right.</summary>
    private async Task<IPacsClient?> OpenAsync(PacsLease lease, PacsSource source, CancellationToken cancellationToken)
    {
        try
        {
            return clients.Open(source);
        }
        catch (PacsRefusedException exception)
        {
            LogFault(logger, lease.Hospital.Value, exception.Message);
            await store.NoteFaultAsync(lease, exception.Message, cancellationToken);
            await Task.Delay(_options.AfterFault, time, cancellationToken);
            return null;
        }
    }

    /// <summary>Hints, recent days, studies that grow.</summary>
    private async Task<bool> LookAsync(Run run, CancellationToken cancellationToken)
    {
        bool recent = PacsSchedule.IsRecentDue(run.RecentAt, time.GetUtcNow(), _options);
        while (run.Hints.Reader.TryRead(out PacsHint? hint))
            if (hint.Study is { } study)
                await sweeper.LookAtAsync(run.Client, run.Lease, study, hint.Urgent, cancellationToken);
            else
            {
                recent = true;
                run.Everything |= hint.Everything;
            }
        if (recent)
        {
            DateTimeOffset begun = time.GetUtcNow();
            await SweepAsync(run, PacsSweepKind.Recent, begun, cancellationToken);
            run.RecentAt = begun;
        }
        return await sweeper.SettleAsync(run.Client, run.Lease, cancellationToken);
    }

    /// <summary>Study dates of jobs, the month, everything.</summary>
    private async Task<bool> LookWideAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (JobRange range in await jobs.ListOpenRangesAsync(run.Lease.Hospital, cancellationToken))
        {
            if (range.Swept)
                continue;
            var dates = new StudyDates(range.From, range.To);
            await sweeper.SweepAsync(run.Client, run.Lease, dates, refetchFrom: null, cancellationToken);
            await jobs.NoteSweptAsync(range.Job, range.Hospital, cancellationToken);
        }
        DateTimeOffset begun = time.GetUtcNow();
        bool asked = run.Everything;
        PacsSweepKind? kind = asked ? PacsSweepKind.All : PacsSchedule.WideDue(run.MonthAt, run.AllAt, begun, _options);
        if (kind is not { } due)
            return false;
        run.Everything = false;
        try
        {
            await SweepAsync(run, due, begun, cancellationToken);
        }
        catch
        {
            run.Everything |= asked;
            throw;
        }
        run.MonthAt = begun;
        if (due == PacsSweepKind.All)
            run.AllAt = begun;
        return true;
    }

    private async Task SweepAsync(
        Run run,
        PacsSweepKind kind,
        DateTimeOffset begun,
        CancellationToken cancellationToken
    )
    {
        // After a restart everything is looked at once more, but not fetched once more.
        bool nightly = kind == PacsSweepKind.All && run.AllAt is not null && _options.RefetchDays > 0;
        DateOnly? refetchFrom = nightly
            ? DateOnly.FromDateTime(begun.UtcDateTime).AddDays(-_options.RefetchDays)
            : null;
        StudyDates dates = PacsSchedule.DatesOf(kind, begun, _options);
        await sweeper.SweepAsync(run.Client, run.Lease, dates, refetchFrom, cancellationToken);
        await store.NoteSweepAsync(run.Lease, kind, begun, cancellationToken);
        run.Fault = null;
    }

    private async Task<bool> GatherAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (JobRange range in await jobs.ListOpenRangesAsync(run.Lease.Hospital, cancellationToken))
            await jobs.GatherAsync(range.Job, range.Hospital, cancellationToken);
        return false;
    }

    private async Task LoopAsync(
        Run run,
        Func<Run, CancellationToken, Task<bool>> step,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            TimeSpan pause = _options.Idle;
            try
            {
                if (await step(run, cancellationToken))
                    continue;
            }
            catch (Exception exception)
                when (exception is not StaleCoordinatorException && !cancellationToken.IsCancellationRequested)
            {
                pause = _options.AfterFault;
                await NoteAsync(run, exception, cancellationToken);
            }
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Says once what is wrong, as long as it is the same.</summary>
    private async Task NoteAsync(Run run, Exception exception, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref run.Fault, exception.Message) == exception.Message)
            return;
        string hospital = run.Lease.Hospital.Value;
        if (exception is not PacsException)
        {
            LogDefect(logger, exception, hospital);
            return;
        }
        LogFault(logger, hospital, exception.Message);
        try
        {
            await store.NoteFaultAsync(run.Lease, exception.Message, cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            LogDefect(logger, unavailable, hospital);
        }
    }

    [LoggerMessage(1703, LogLevel.Warning, "{Cause} (hospital {Hospital}; it is tried again)")]
    private static partial void LogFault(ILogger logger, string hospital, string cause);

    [LoggerMessage(
        1704,
        LogLevel.Error,
        "PACS of hospital {Hospital}: interrupted; it is taken up again from the ledger in a moment"
    )]
    private static partial void LogDefect(ILogger logger, Exception exception, string hospital);

    /// <summary>What one run remembers, to be forgotten without harm.</summary>
    private sealed class Run(IPacsClient client, PacsLease lease, Channel<PacsHint> hints)
    {
        public string? Fault;
        public volatile bool Everything;

        // The first belongs to the loop that looks at what is new, the others to the one that looks at all. They begin empty:
        // after a restart everything is due.
        public DateTimeOffset? RecentAt;
        public DateTimeOffset? MonthAt;
        public DateTimeOffset? AllAt;

        public IPacsClient Client => client;

        public PacsLease Lease => lease;

        public Channel<PacsHint> Hints => hints;
    }
}
