using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Workers;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Models;

/// <summary>Model bundles of the cluster.</summary>
internal static class ModelEndpoints
{
    public static void MapReads(IEndpointRouteBuilder api) =>
        api.MapGet("models", ListAsync)
            .WithName("listModels")
            .WithTags("models")
            .WithSummary("Registered models, newest first");

    public static void MapWrites(IEndpointRouteBuilder api, GatewayOptions options)
    {
        RouteGroupBuilder models = api.MapGroup("models").WithTags("models");
        models
            .MapPost("", PushAsync)
            .WithName("pushModel")
            .WithSummary("Registers a bundle: its three files")
            .WithDescription("The bundle is verified against the hash it is named by. Pushing it again is harmless.")
            .Accepts<BundleFields>("multipart/form-data")
            .TakesUpload(options.MaxModelBytes)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        models
            .MapPost("{id}:activate", ActivateAsync)
            .WithName("activateModel")
            .WithSummary("Makes it the model that scores when none is named")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IEnumerable<ModelView>> ListAsync(
        IModelStore models,
        CancellationToken cancellationToken
    ) => (await models.ListAsync(cancellationToken)).Select(ModelView.From);

    private static async Task<Created<ModelView>> PushAsync(
        HttpContext http,
        GatewayOptions options,
        CpuGate gate,
        ModelRegistry registry,
        IModelStore models,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        using var upload = new BundleUpload();
        await upload.ReceiveAsync(http.Request, options.MaxModelBytes, cancellationToken);
        ModelBundle bundle = await gate.RunAsync(() => ModelBundle.Load(upload.Folder), cancellationToken);
        ModelId id = await registry.PushAsync(bundle, cancellationToken);
        await audit.WriteAsync(http, "model-push", subject: id.ToString());
        ModelRecord record = (await models.FindAsync(id, cancellationToken))!;
        return TypedResults.Created("/api/v1/models", ModelView.From(record));
    }

    private static async Task<NoContent> ActivateAsync(
        ModelId id,
        HttpContext http,
        ModelActivation activation,
        CancellationToken cancellationToken
    )
    {
        await activation.ActivateAsync(http, id, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The form, for the OpenAPI document: the names of the files count, those of the fields do not.</summary>
    internal sealed record BundleFields(IFormFile Manifest, IFormFile Classifier, IFormFile Segmenter);
}
