using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Images;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Fhir;

/// <summary>Results for systems that speak FHIR R4.</summary>
internal static class FhirEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("images/{hospital}/{uid}/fhir", ShowAsync)
            .WithTags("images")
            .WithName("fhirOfImage")
            .WithSummary("The result as a FHIR R4 bundle: DiagnosticReport, Observation, Device, ImagingStudy")
            .Produces(StatusCodes.Status200OK, contentType: FhirBundle.MediaType)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<ContentHttpResult> ShowAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        ModelId? model,
        HttpContext http,
        ModelRegistry models,
        ImageLookup images,
        IBlobStore blobs,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var id = new InstanceId(hospital, uid);
        await images.FindAsync(id, cancellationToken); // who may not see it learns no more
        ModelId resolved = await models.ResolveAsync(model, cancellationToken);
        (InstanceRecord image, ScoreRecord? score) = await images.FindAsync(id, resolved, cancellationToken);
        await audit.WriteAsync(http, "export-fhir", hospital, id.ToString());
        if (score is not { Score: { Probability: not null, Threshold: not null } })
            throw new BadHttpRequestException(
                $"Image {id} has no probability of model {resolved} to report. Score it first, or name another model.",
                StatusCodes.Status404NotFound
            );
        byte[]? bytes = await blobs.GetAsync(image.BlobKey, cancellationToken);
        DicomHeader? header = bytes is null ? null : DicomHeaderReader.TryRead(bytes);
        return TypedResults.Content(FhirBundle.Of(image, score, header).ToJsonString(), FhirBundle.MediaType);
    }
}
