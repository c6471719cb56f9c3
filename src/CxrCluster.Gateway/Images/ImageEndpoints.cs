using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Images;

/// <summary>Known images: their result and their pictures.</summary>
internal static class ImageEndpoints
{
    /// <summary>The radiograph as it came, its gray range stretched for a screen.</summary>
    private const string Original = "original";

    /// <summary>The square that the network sees, after the model's own preprocessing.</summary>
    private const string Network = "network";

    private const int DefaultSide = 1024;
    private const int MostSide = 4096;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder image = api.MapGroup("images/{hospital}/{uid}")
            .WithTags("images")
            .ProducesProblem(StatusCodes.Status404NotFound);
        image.MapGet("", ShowAsync).WithName("showImage").WithSummary("One image and its result");
        Picture(image.MapGet("preview", PreviewAsync))
            .WithName("previewImage")
            .WithSummary("8-bit PNG of the original, or of what the model's network sees");
        Picture(image.MapGet("lungs", LungsAsync))
            .WithName("lungsOfImage")
            .WithSummary("PNG layer with the lungs that the model's U-net found, to lay over the network preview")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        Picture(image.MapGet("heatmap.png", HeatMapAsync))
            .WithName("heatMapOfImage")
            .WithSummary("PNG of where the model's evidence for COVID-19 lies (Grad-CAM), over the network preview")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static RouteHandlerBuilder Picture(RouteHandlerBuilder endpoint) =>
        endpoint
            .RequireRateLimiting(Limits.Picture)
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<ImageResult> ShowAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        ModelId? model,
        HttpContext http,
        IModelStore models,
        ImageLookup images,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var id = new InstanceId(hospital, uid);
        model ??= (await models.FindActiveAsync(cancellationToken))?.Id;
        (InstanceRecord image, var score) = await images.FindAsync(id, model, cancellationToken);
        await audit.WriteAsync(http, "view-image", hospital, id.ToString());
        return new ImageResult(image, score);
    }

    private static async Task<FileContentHttpResult> PreviewAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        ModelId? model,
        HttpContext http,
        ModelRegistry models,
        ImageLookup images,
        Pictures pictures,
        AuditTrail audit,
        CancellationToken cancellationToken,
        string kind = Original,
        int side = DefaultSide
    )
    {
        if (kind is not (Original or Network))
            throw new BadHttpRequestException($"There is no picture '{kind}': ask for {Original} or {Network}.");
        var id = new InstanceId(hospital, uid);
        side = Math.Clamp(side, 16, MostSide);
        InstanceRecord image = await images.FindAsync(id, cancellationToken);
        // Thumbnails belong to a list, and reading the list is audited.
        if (side > Pictures.Thumbnail)
            await audit.WriteAsync(http, "view-pixels", hospital, id.ToString());
        byte[] png =
            kind == Original
                ? await pictures.OriginalAsync(image, side, cancellationToken)
                : await pictures.NetworkAsync(
                    image,
                    await models.ResolveAsync(model, cancellationToken),
                    side,
                    cancellationToken
                );
        return TypedResults.Bytes(png, "image/png");
    }

    private static async Task<FileContentHttpResult> LungsAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        ModelId? model,
        HttpContext http,
        ModelRegistry models,
        ImageLookup images,
        Pictures pictures,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var id = new InstanceId(hospital, uid);
        InstanceRecord image = await images.FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "view-lungs", hospital, id.ToString());
        ModelId resolved = await models.ResolveAsync(model, cancellationToken);
        return TypedResults.Bytes(await pictures.LungsAsync(image, resolved, cancellationToken), "image/png");
    }

    private static async Task<FileContentHttpResult> HeatMapAsync(
        HospitalId hospital,
        SopInstanceUid uid,
        ModelId? model,
        HttpContext http,
        ModelRegistry models,
        ImageLookup images,
        Pictures pictures,
        AuditTrail audit,
        CancellationToken cancellationToken,
        bool lungs = false
    )
    {
        var id = new InstanceId(hospital, uid);
        InstanceRecord image = await images.FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "view-heatmap", hospital, id.ToString());
        ModelId resolved = await models.ResolveAsync(model, cancellationToken);
        return TypedResults.Bytes(await pictures.HeatMapAsync(image, resolved, lungs, cancellationToken), "image/png");
    }
}
