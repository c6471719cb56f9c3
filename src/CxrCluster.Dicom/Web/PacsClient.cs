using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CxrCluster.Dicom.Web;

/// <inheritdoc cref="IPacsClient"/>
/// <param name="endpoint">Which PACS.</param>
/// <param name="options">How patiently.</param>
/// <param name="random">Of the pauses.</param>
/// <param name="time">Of the pauses and time-outs.</param>
/// <exception cref="PacsRefusedException">The endpoint is not right, or a secret is not where it says.</exception>
public sealed class PacsClient(PacsEndpoint endpoint, PacsClientOptions options, Random random, TimeProvider time)
    : IPacsClient
{
    private const string Json = "application/dicom+json";

    // Without the last part Orthanc transcodes, and answers 500 where it cannot.
    private const string DicomFile = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

    private readonly PacsChannel _channel = new(endpoint, options, random, time);

    /// <inheritdoc />
    public string Hospital => endpoint.Hospital;

    private string Who => _channel.Who;

    /// <inheritdoc />
    public async IAsyncEnumerable<PacsStudy> FindStudiesAsync(
        StudyDates dates,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string filter = dates.ToQuery() is { } range ? $"&StudyDate={range}" : "";
        string path =
            $"/studies?includefield={DicomJson.ModalitiesInStudy}&includefield={DicomJson.StudyInstances}{filter}";
        await foreach (PacsStudy study in QueryAsync(path, Study, s => s.Uid, cancellationToken))
            if (dates.Contains(study.Date))
                yield return study;
    }

    /// <inheritdoc />
    public async Task<PacsStudy?> FindStudyAsync(string studyUid, CancellationToken cancellationToken)
    {
        string path =
            $"/studies?StudyInstanceUID={Checked(studyUid)}&includefield={DicomJson.ModalitiesInStudy}&includefield={DicomJson.StudyInstances}";
        await foreach (PacsStudy study in QueryAsync(path, Study, s => s.Uid, cancellationToken))
            if (study.Uid == studyUid)
                return study;
        return null;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<PacsSeries> FindSeriesAsync(string studyUid, CancellationToken cancellationToken) =>
        QueryAsync(
            $"/studies/{Checked(studyUid)}/series?includefield={DicomJson.Modality}",
            row =>
                DicomJson.Uid(row, DicomJson.Series) is { } uid
                    ? new PacsSeries(studyUid, uid, DicomJson.Text(row, DicomJson.Modality))
                    : null,
            s => s.Uid,
            cancellationToken
        );

    /// <inheritdoc />
    public IAsyncEnumerable<PacsInstance> FindInstancesAsync(string studyUid, CancellationToken cancellationToken) =>
        QueryAsync(
            $"/studies/{Checked(studyUid)}/instances?includefield={DicomJson.Modality}",
            row =>
                DicomJson.Uid(row, DicomJson.SopInstance) is { } uid
                && DicomJson.Uid(row, DicomJson.Series) is { } series
                    ? new PacsInstance(
                        studyUid,
                        series,
                        uid,
                        DicomJson.Text(row, DicomJson.SopClass),
                        DicomJson.Text(row, DicomJson.Modality)
                    )
                    : null,
            i => i.Uid,
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>> RetrieveInstanceAsync(
        string studyUid,
        string seriesUid,
        string instanceUid,
        CancellationToken cancellationToken
    )
    {
        PacsAnswer answer = await _channel.SendAsync(
            $"/studies/{Checked(studyUid)}/series/{Checked(seriesUid)}/instances/{Checked(instanceUid)}",
            DicomFile,
            content: null,
            options.MaxInstanceBytes,
            probe: false,
            cancellationToken
        );
        if (answer.IsMissing)
            throw new PacsInstanceMissingException(
                $"{Who} no longer has instance {instanceUid} (it was listed before): it was deleted or moved."
            );
        try
        {
            return RelatedParts.Single(answer.Type, answer.Body);
        }
        catch (FormatException exception)
        {
            throw new PacsAnswerException(
                $"{Who} sends instance {instanceUid} in a form that is not multipart/related: {exception.Message}.",
                exception
            );
        }
    }

    /// <inheritdoc />
    public async Task<StoreResult> StoreAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> part10Files,
        CancellationToken cancellationToken
    )
    {
        if (part10Files.Count == 0)
            return new StoreResult([], []);
        string boundary = $"cxr-{Guid.NewGuid():N}";
        PacsAnswer answer = await _channel.SendAsync(
            "/studies",
            Json,
            () => RelatedParts.Of(part10Files, boundary),
            options.MaxQueryBytes,
            probe: false,
            cancellationToken
        );
        if (answer.IsMissing)
            throw NoDicomWeb();
        return Parse(
            answer.Body,
            root => new StoreResult(
                [
                    .. DicomJson
                        .Values(root, DicomJson.ReferencedSops)
                        .Select(i => DicomJson.Text(i, DicomJson.ReferencedSopInstance) ?? ""),
                ],
                [
                    .. DicomJson
                        .Values(root, DicomJson.FailedSops)
                        .Select(i => new StoreFailure(
                            DicomJson.Text(i, DicomJson.ReferencedSopInstance) ?? "",
                            DicomJson.Number(i, DicomJson.FailureReason) ?? 0
                        )),
                ]
            )
        );
    }

    /// <inheritdoc />
    public async Task CheckAsync(CancellationToken cancellationToken) =>
        _ = await PageAsync("/studies?limit=1", Study, probe: true, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _channel.Dispose();

    private static PacsStudy? Study(JsonElement row) =>
        DicomJson.Uid(row, DicomJson.Study) is { } uid
            ? new PacsStudy(
                uid,
                DicomJson.Date(row, DicomJson.StudyDate),
                [.. DicomJson.Texts(row, DicomJson.ModalitiesInStudy)],
                DicomJson.Number(row, DicomJson.StudyInstances)
            )
            : null;

    /// <summary>All pages of a query, each row once. Ends at a page that is short or brings nothing new: a server that
    /// knows no paging gives the same page for ever.</summary>
    private async IAsyncEnumerable<T> QueryAsync<T>(
        string path,
        Func<JsonElement, T?> read,
        Func<T, string> key,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int offset = 0; ; )
        {
            (IReadOnlyList<T> page, int rows) = await PageAsync(
                $"{path}&limit={options.PageSize}&offset={offset}",
                read,
                probe: false,
                cancellationToken
            );
            int known = seen.Count;
            foreach (T row in page)
                if (seen.Add(key(row)))
                    yield return row;
            offset += rows;
            if (rows < options.PageSize || seen.Count == known)
                yield break;
        }
    }

    private async Task<(IReadOnlyList<T> Page, int Rows)> PageAsync<T>(
        string path,
        Func<JsonElement, T?> read,
        bool probe,
        CancellationToken cancellationToken
    )
        where T : class
    {
        PacsAnswer answer = await _channel.SendAsync(
            path,
            Json,
            content: null,
            options.MaxQueryBytes,
            probe,
            cancellationToken
        );
        // A study that vanished has no instances; but the root of all studies must be there.
        if (answer.IsMissing)
            return path.StartsWith("/studies/", StringComparison.Ordinal) ? ([], 0) : throw NoDicomWeb();
        if (answer.Body.IsEmpty) // 204, or 200 with nothing: both are seen
            return ([], 0);
        return Parse<(IReadOnlyList<T>, int)>(
            answer.Body,
            root =>
                root.ValueKind == JsonValueKind.Array
                    ? ([.. root.EnumerateArray().Select(read).OfType<T>()], root.GetArrayLength())
                    : throw new JsonException("it is no list")
        );
    }

    private T Parse<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8
            throw new PacsAnswerException(
                $"{Who} answers with something that is not DICOM JSON ({exception.Message}): is its address the DICOMweb root?",
                exception
            );
        }
    }

    private PacsRefusedException NoDicomWeb() =>
        new(
            $"{Who} has no DICOMweb service at {endpoint.Url} (404): check the address, it ends where /studies begins."
        );

    private string Checked(string uid) =>
        DicomJson.IsUid(uid) ? uid : throw new PacsAnswerException($"{Who} names '{uid}', which is no UID.");
}
