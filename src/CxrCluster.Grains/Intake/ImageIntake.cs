using System.Security.Cryptography;
using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Grains.Intake;

/// <summary>Takes images in: bytes to the blob store first, the row that makes them visible last.</summary>
public sealed class ImageIntake(IBlobStore blobs, IInstanceStore instances, TimeProvider time)
{
    /// <summary>Equal bytes within a hospital are one instance, under the name they came with last.</summary>
    public async Task<InstanceRecord> AdmitAsync(NewImage image, CancellationToken cancellationToken)
    {
        InstanceRecord record = await StoreAsync(image, cancellationToken);
        await instances.UpsertAsync([record], cancellationToken);
        return record;
    }

    /// <summary>Many at once: one write to the catalogue.</summary>
    public async Task<IReadOnlyList<InstanceRecord>> AdmitAsync(
        IReadOnlyList<NewImage> images,
        CancellationToken cancellationToken
    )
    {
        var records = new List<InstanceRecord>(images.Count);
        foreach (NewImage image in images)
            records.Add(await StoreAsync(image, cancellationToken));
        await instances.UpsertAsync(records, cancellationToken);
        return records;
    }

    /// <summary>Keeps the bytes only; the caller writes the row that makes them visible.</summary>
    public async Task<InstanceRecord> StoreAsync(NewImage image, CancellationToken cancellationToken)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(image.Content.Span));
        string key = BlobKeys.Image(image.Hospital, sha256);
        await blobs.PutIfAbsentAsync(key, image.Content, cancellationToken);
        // What the sender says counts; where it is silent, a DICOM header may know.
        DicomHeader? header = DicomHeaderReader.TryRead(image.Content);
        return new InstanceRecord
        {
            Id = new InstanceId(image.Hospital, image.Uid ?? ContentUid.FromSha256(sha256)),
            Sha256 = sha256,
            BlobKey = key,
            Name = image.Name,
            PatientId = image.PatientId ?? Known(header?.PatientId),
            View = image.View ?? Known(header?.View),
            Label = image.Label,
            ReceivedAt = time.GetUtcNow(),
        };
    }

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
