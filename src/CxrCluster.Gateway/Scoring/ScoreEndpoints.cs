using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Security;
using CxrCluster.Gateway.Similarity;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Scoring;

/// <summary>One image, scored while the caller waits.</summary>
internal static class ScoreEndpoints
{
    private const int RetrySeconds = 5;

    public static void Map(IEndpointRouteBuilder api, GatewayOptions options) =>
        api.MapPost("images:score", ScoreAsync)
            .WithName("scoreImage")
            .WithTags("images")
            .WithSummary("Scores one image and finds similar cases")
            .Accepts<ScoreFields>("multipart/form-data")
            .TakesUpload(options.MaxUploadBytes)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ScoreReply>, ProblemHttpResult>> ScoreAsync(
        HttpContext http,
        GatewayOptions options,
        Visibility visibility,
        ModelRegistry models,
        ImageScoring scoring,
        SimilarCases similar,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        ImageForm form = await ImageForm.ReadAsync(http.Request, options.MaxUploadBytes, cancellationToken);
        visibility.Demand(form.Image.Hospital);
        ModelId model = await models.ResolveAsync(form.Model, cancellationToken);
        ScoredInstance scored = await scoring.ScoreAsync(form.Image, model, cancellationToken);
        await audit.WriteAsync(http, "score", form.Image.Hospital, scored.Instance.Id.ToString());
        if (Refusal(http, scored.Score.Score) is { } refusal)
            return refusal;
        SimilarAnswer cases = await similar.FindAsync(scored, form.Model, form.K, null, cancellationToken);
        return TypedResults.Ok(new ScoreReply(scored, cases));
    }

    /// <summary>The problem that a failed image is; null for a result.</summary>
    public static ProblemHttpResult? Refusal(HttpContext http, ImageScore score)
    {
        if (score is not { Outcome: ImageOutcome.Failed, Reason: { } reason })
            return null;
        if (reason.Code is ReasonCodes.Unreadable or ReasonCodes.InvalidOutput)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, reason.Text, reason.Code);
        Problems.RetryAfter(http, RetrySeconds);
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, reason.Text, reason.Code);
    }

    /// <summary>The form, for the OpenAPI document.</summary>
    internal sealed record ScoreFields(
        IFormFile File,
        string Hospital,
        string? PatientId,
        string? View,
        string? Model,
        int? K
    );
}
