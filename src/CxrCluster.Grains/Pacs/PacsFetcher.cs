using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Web;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Pacs;

/// <summary>Brings what the ledger lists from the PACS into the cluster: bytes first, rows last.</summary>
public sealed partial class PacsFetcher(
    IPacsStore store,
    ImageIntake intake,
    CxrInstruments instruments,
    IOptions<PacsOptions> options,
    TimeProvider time,
    ILogger<PacsFetcher> logger
)
{
    private const int PageSize = 64;

    /// <summary>Fetches a page of what is due, a few at one time.</summary>
    /// <returns>Whether anything was due.</returns>
    /// <exception cref="PacsException">The PACS as a whole cannot be used now: no instance is to blame.</exception>
    public async Task<bool> FetchDueAsync(IPacsClient client, PacsLease lease, CancellationToken cancellationToken)
    {
        IReadOnlyList<PacsInstanceRecord> due = await store.ReadToFetchAsync(
            lease.Hospital,
            time.GetUtcNow(),
            PageSize,
            cancellationToken
        );
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.FetchWindow,
                CancellationToken = cancellationToken,
            },
            async (instance, token) => await FetchAsync(client, lease, instance, token)
        );
        return due.Count > 0;
    }

    private async Task FetchAsync(
        IPacsClient client,
        PacsLease lease,
        PacsInstanceRecord instance,
        CancellationToken cancellationToken
    )
    {
        long started = time.GetTimestamp();
        try
        {
            ReadOnlyMemory<byte> content = await client.RetrieveInstanceAsync(
                instance.StudyUid,
                instance.SeriesUid,
                instance.Id.Uid.Value,
                cancellationToken
            );
            RequireUid(instance, content);
            InstanceRecord record = await intake.StoreAsync(
                new NewImage(lease.Hospital, instance.Id.Uid.Value, content, Uid: instance.Id.Uid),
                cancellationToken
            );
            await store.FetchedAsync(lease, record, cancellationToken);
            instruments.PacsFetched(lease.Hospital, "fetched", time.GetElapsedTime(started));
        }
        catch (PacsAnswerException exception)
        {
            await FailAsync(lease, instance, exception, cancellationToken);
        }
        catch (PacsException exception)
        {
            await client.CheckAsync(cancellationToken); // throws when it is the PACS; or else it is this instance
            await FailAsync(lease, instance, exception, cancellationToken);
        }
    }

    private async Task FailAsync(
        PacsLease lease,
        PacsInstanceRecord instance,
        PacsException exception,
        CancellationToken cancellationToken
    )
    {
        string code = exception switch
        {
            PacsInstanceTooLargeException => ReasonCodes.TooLarge,
            PacsInstanceMissingException => ReasonCodes.Missing,
            _ => ReasonCodes.PacsError,
        };
        // What is too large does not shrink.
        DateTimeOffset? next =
            code == ReasonCodes.TooLarge
                ? null
                : PacsRetries.Next(instance.Attempts + 1, time.GetUtcNow(), options.Value.FetchAgainAfter);
        await store.FetchFailedAsync(
            lease,
            instance.Id.Uid,
            new Reason(code, exception.Message),
            next,
            cancellationToken
        );
        instruments.PacsFetched(lease.Hospital, next is null ? "parked" : "failed", elapsed: null);
        LogFailed(logger, lease.Hospital.Value, code, instance.Attempts + 1, next is null ? "parked" : "tried again");
    }

    /// <summary>A file that says it is another instance must not be entered under this one's name.</summary>
    private static void RequireUid(PacsInstanceRecord instance, ReadOnlyMemory<byte> content)
    {
        if (
            DicomHeaderReader.TryRead(content) is { SopInstanceUid: { Length: > 0 } uid }
            && uid != instance.Id.Uid.Value
        )
            throw new PacsAnswerException(
                $"The PACS of hospital {instance.Id.Hospital} sends instance {uid} when it is asked for {instance.Id.Uid}."
            );
    }

    [LoggerMessage(
        1702,
        LogLevel.Warning,
        "PACS of hospital {Hospital}: an instance could not be fetched ({Code}, try {Attempt}); it is {Next}"
    )]
    private static partial void LogFailed(ILogger logger, string hospital, string code, int attempt, string next);
}
