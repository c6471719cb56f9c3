namespace CxrCluster.Dicom.Web;

/// <summary>
/// One hospital's PACS over DICOMweb (PS3.18): QIDO-RS to look, WADO-RS to fetch, STOW-RS to store. Requests are repeated with
/// growing, jittered pauses; after several in a row that found nobody, the circuit opens and calls fail at once for a while.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// Every method throws a <see cref="PacsException"/>, whose sentence names the hospital: <see cref="PacsUnavailableException"/>
/// (nobody there: later), <see cref="PacsRefusedException"/> (a person must mend address, credentials or certificate) or
/// <see cref="PacsAnswerException"/> (this one request was answered with an error or with something broken).
/// </remarks>
public interface IPacsClient : IDisposable
{
    /// <summary>The hospital's id.</summary>
    string Hospital { get; }

    /// <summary>
    /// Studies whose date lies in the range, each once, page by page. The range is checked here too: servers ignore what
    /// they do not know. A study that arrives between two pages may be missed: look again. Studies without a date come only
    /// with <see cref="StudyDates.All"/>.
    /// </summary>
    IAsyncEnumerable<PacsStudy> FindStudiesAsync(StudyDates dates, CancellationToken cancellationToken);

    /// <summary>The study of this UID; null when the PACS has none.</summary>
    Task<PacsStudy?> FindStudyAsync(string studyUid, CancellationToken cancellationToken);

    /// <summary>The series of a study, each once.</summary>
    IAsyncEnumerable<PacsSeries> FindSeriesAsync(string studyUid, CancellationToken cancellationToken);

    /// <summary>The instances of a study, of all its series, each once.</summary>
    IAsyncEnumerable<PacsInstance> FindInstancesAsync(string studyUid, CancellationToken cancellationToken);

    /// <summary>The whole DICOM file of an instance (PS3.10), in the transfer syntax that the PACS holds.</summary>
    /// <exception cref="PacsInstanceMissingException">The PACS has no such instance (any more).</exception>
    /// <exception cref="PacsInstanceTooLargeException">It is over <see cref="PacsClientOptions.MaxInstanceBytes"/>.</exception>
    Task<ReadOnlyMemory<byte>> RetrieveInstanceAsync(
        string studyUid,
        string seriesUid,
        string instanceUid,
        CancellationToken cancellationToken
    );

    /// <summary>Stores DICOM files (PS3.10). Repeated when the answer is lost: UIDs that are equal on every try make this
    /// harmless.</summary>
    /// <returns>What the PACS took and what it refused; it may take some of them.</returns>
    Task<StoreResult> StoreAsync(IReadOnlyList<ReadOnlyMemory<byte>> part10Files, CancellationToken cancellationToken);

    /// <summary>Returns when the PACS answers a query with these credentials; throws the sentence that says why not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
