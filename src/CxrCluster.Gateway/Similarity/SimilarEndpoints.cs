using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Similar cases of a known image, or of a file, which is scored first.</summary>
internal static class SimilarEndpoints
{
    public static void Map(IEndpointRouteBuilder api, GatewayOptions options) =>
        api.MapPost("similar", FindAsync)
            .WithName("findSimilar")
            .WithTags("images")
            .WithSummary("The nearest cases of other patients over all hospitals")
            .WithDescription(
                "JSON names an image that has a score; multipart/form-data sends one, which is admitted and scored as images:score does."
            )
            .Accepts<SimilarRequest>("application/json", "multipart/form-data")
            .TakesUpload(options.MaxUploadBytes)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<SimilarAnswer>, ProblemHttpResult>> FindAsync(
        HttpContext http,
        GatewayOptions options,
        Visibility visibility,
        ModelRegistry models,
        ImageLookup images,
        ImageScoring scoring,
        SimilarCases similar,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        if (!http.Request.HasJsonContentType())
        {
            ImageForm form = await ImageForm.ReadAsync(http.Request, options.MaxUploadBytes, cancellationToken);
            visibility.Demand(form.Image.Hospital);
            ModelId formModel = await models.ResolveAsync(form.Model, cancellationToken);
            ScoredInstance sent = await scoring.ScoreAsync(form.Image, formModel, cancellationToken);
            await audit.WriteAsync(http, "similar", form.Image.Hospital, sent.Instance.Id.ToString());
            if (ScoreEndpoints.Refusal(http, sent.Score.Score) is { } refusal)
                return refusal;
            return TypedResults.Ok(await similar.FindAsync(sent, form.K, cancellationToken));
        }
        SimilarRequest request = await JsonBody.ReadAsync<SimilarRequest>(http.Request, cancellationToken);
        ModelId model = await models.ResolveAsync(request.Model, cancellationToken);
        var id = new InstanceId(request.Hospital, request.Uid);
        (var image, ScoreRecord? score) = await images.FindAsync(id, model, cancellationToken);
        await audit.WriteAsync(http, "similar", id.Hospital, id.ToString());
        if (score is null)
            return Problems.Of(
                StatusCodes.Status409Conflict,
                $"{id} has no result of model {model}. Score it first, in a job or with images:score."
            );
        int k = Math.Clamp(request.K ?? ImageForm.DefaultK, 1, ImageForm.MostK);
        return TypedResults.Ok(await similar.FindAsync(new ScoredInstance(image, score), k, cancellationToken));
    }
}
