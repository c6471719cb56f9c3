using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Intake;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Gateway.Images;

/// <summary>Loads a cohort: images are admitted to the ledger and scored later, by a job.</summary>
internal static class AdmitEndpoints
{
    public static void Map(IEndpointRouteBuilder api, GatewayOptions options) =>
        api.MapPost("images", AdmitAsync)
            .WithName("admitImages")
            .WithTags("images")
            .WithSummary("Admits images without scoring them")
            .WithDescription(
                "Parts are read in order. 'hospital' holds for all files after it; 'patientId', 'view' and 'label' for the next file only. Sending an image again is harmless."
            )
            .Accepts<AdmitFields>("multipart/form-data")
            .TakesUpload(options.MaxUploadBytes * Limits.ImagesPerUpload);

    private static async Task<AdmitReply> AdmitAsync(
        HttpContext http,
        GatewayOptions options,
        Visibility visibility,
        ImageIntake intake,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var admitted = new List<AdmittedImage>();
        HospitalId? hospital = null;
        var next = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (UploadPart part in Multipart.ReadAsync(http.Request, cancellationToken))
        {
            if (part.FileName is { } name)
            {
                HospitalId owner = hospital ?? FormValues.Hospital(null);
                ReadOnlyMemory<byte> content = await part.ReadBytesAsync(options.MaxUploadBytes, cancellationToken);
                if (content.Length == 0)
                    throw new BadHttpRequestException(
                        $"{name} is empty. {admitted.Count} images before it are admitted."
                    );
                var image = new NewImage(
                    owner,
                    name,
                    content,
                    next.GetValueOrDefault("patientId"),
                    next.GetValueOrDefault("view"),
                    FormValues.Number("label", next.GetValueOrDefault("label"), 0, 1)
                );
                next.Clear();
                InstanceRecord record = await intake.AdmitAsync(image, cancellationToken);
                await audit.WriteAsync(http, "admit", owner, record.Id.ToString());
                admitted.Add(new AdmittedImage(owner, record.Id.Uid, name, record.Sha256));
            }
            else if (part.Name == "hospital")
            {
                hospital = FormValues.Hospital(await part.ReadTextAsync(cancellationToken));
                visibility.Demand(hospital.Value);
            }
            else if (part.Name is "patientId" or "view" or "label")
                next[part.Name] = await part.ReadTextAsync(cancellationToken);
            else
                throw new BadHttpRequestException(
                    $"There is no field '{part.Name}': use hospital, patientId, view, label and files."
                );
        }
        return new AdmitReply(admitted);
    }

    /// <summary>The form, for the OpenAPI document.</summary>
    internal sealed record AdmitFields(
        string Hospital,
        string? PatientId,
        string? View,
        int? Label,
        IFormFileCollection File
    );
}
