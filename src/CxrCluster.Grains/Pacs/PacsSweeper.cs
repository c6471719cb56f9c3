using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Web;
using CxrCluster.Grains.Workers;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Pacs;

/// <summary>Looks at what a PACS holds and enters it into the ledger. Looking again is harmless: rows are united by UID.</summary>
public sealed partial class PacsSweeper(
    IPacsStore store,
    DicomOptions dicom,
    IOptions<PacsOptions> options,
    TimeProvider time,
    ILogger<PacsSweeper> logger
)
{
    private const int StudiesPerWrite = 100;
    private const int ListingsAtOnce = 4;
    private const string ReportClasses = "1.2.840.10008.5.1.4.1.1.88."; // structured reports, PS3.4 B.5

    private readonly DicomEligibility _eligibility = new(dicom);

    /// <summary>Enters the studies of these dates, and lists those that are new, have changed or still grow.</summary>
    /// <param name="refetchFrom">Studies from this date on are listed and fetched again in any case.</param>
    public async Task SweepAsync(
        IPacsClient client,
        PacsLease lease,
        StudyDates dates,
        DateOnly? refetchFrom,
        CancellationToken cancellationToken
    )
    {
        await foreach (PacsStudy[] chunk in client.FindStudiesAsync(dates, cancellationToken).Chunk(StudiesPerWrite))
        {
            IReadOnlyList<string> moved = await store.NoteStudiesAsync(
                lease,
                [.. chunk.Select(s => new StudySighting(s.Uid, s.Date, s.Instances))],
                time.GetUtcNow(),
                cancellationToken
            );
            HashSet<string> again = [.. chunk.Where(s => s.Date >= refetchFrom).Select(s => s.Uid)];
            await ForEachAsync(
                moved.Union(again, StringComparer.Ordinal),
                study => ListAsync(client, lease, study, urgent: false, again.Contains(study), cancellationToken),
                cancellationToken
            );
        }
    }

    /// <summary>Looks at one study, wherever it is in time.</summary>
    /// <returns>Whether the PACS has it.</returns>
    public async Task<bool> LookAtAsync(
        IPacsClient client,
        PacsLease lease,
        string study,
        bool urgent,
        CancellationToken cancellationToken
    )
    {
        if (await client.FindStudyAsync(study, cancellationToken) is not { } found)
            return false;
        await store.NoteStudiesAsync(
            lease,
            [new StudySighting(found.Uid, found.Date, found.Instances)],
            time.GetUtcNow(),
            cancellationToken
        );
        await ListAsync(client, lease, study, urgent, refetch: true, cancellationToken);
        return true;
    }

    /// <summary>Lists studies again that still grew a while ago.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> SettleAsync(IPacsClient client, PacsLease lease, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> studies = await store.ReadUnsettledAsync(
            lease.Hospital,
            time.GetUtcNow() - options.Value.SettleAfter,
            StudiesPerWrite,
            cancellationToken
        );
        await ForEachAsync(
            studies,
            async study =>
            {
                // The count may have changed, too.
                if (await client.FindStudyAsync(study, cancellationToken) is { } found)
                    await store.NoteStudiesAsync(
                        lease,
                        [new StudySighting(found.Uid, found.Date, found.Instances)],
                        time.GetUtcNow(),
                        cancellationToken
                    );
                else
                {
                    await store.NoteGoneAsync(lease, study, cancellationToken);
                    return;
                }
                await ListAsync(client, lease, study, urgent: false, refetch: false, cancellationToken);
            },
            cancellationToken
        );
        return studies.Count > 0;
    }

    private async Task ListAsync(
        IPacsClient client,
        PacsLease lease,
        string study,
        bool urgent,
        bool refetch,
        CancellationToken cancellationToken
    )
    {
        var sightings = new List<InstanceSighting>();
        int nameless = 0;
        await foreach (PacsInstance instance in client.FindInstancesAsync(study, cancellationToken))
            if (SopInstanceUid.TryParse(instance.Uid, null, out SopInstanceUid uid))
                sightings.Add(new InstanceSighting(uid, instance.SeriesUid, ExclusionOf(instance)));
            else
                nameless++;
        if (nameless > 0)
            LogNameless(logger, lease.Hospital.Value, nameless);
        await store.NoteListingAsync(lease, study, sightings, time.GetUtcNow(), urgent, refetch, cancellationToken);
    }

    /// <summary>What the listing alone rules out need not be fetched.</summary>
    private Reason? ExclusionOf(PacsInstance instance)
    {
        var known = new DicomHeader
        {
            TransferSyntax = "",
            Modality = instance.Modality ?? "",
            HasPixels = instance.SopClass?.StartsWith(ReportClasses, StringComparison.Ordinal) != true,
        };
        return _eligibility.Judge(known) is { } exclusion
            ? new Reason(
                ExclusionCodes.Of(exclusion.Kind),
                $"{instance.Uid}: {exclusion.Cause}; the method is for frontal chest X-rays."
            )
            : null;
    }

    private static Task ForEachAsync(
        IEnumerable<string> studies,
        Func<string, Task> work,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(
            studies,
            new ParallelOptions { MaxDegreeOfParallelism = ListingsAtOnce, CancellationToken = cancellationToken },
            async (study, _) => await work(study)
        );

    [LoggerMessage(
        1701,
        LogLevel.Warning,
        "PACS of hospital {Hospital}: {Count} instances of a study have a UID against the rules (PS3.5 section 9) and are passed over"
    )]
    private static partial void LogNameless(ILogger logger, string hospital, int count);
}
