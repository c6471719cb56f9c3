using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Similar cases of a known image, of an embedding, or of a file, which is scored first.</summary>
internal static class SimilarEndpoints
{
    public static void Map(IEndpointRouteBuilder api, GatewayOptions options) =>
        api.MapPost("similar", FindAsync)
            .WithName("findSimilar")
            .WithTags("images")
            .WithSummary("The nearest cases of other patients over all hospitals")
            .WithDescription(
                "JSON names an image that has a score, or gives an embedding; multipart/form-data sends a file, which is admitted and scored as images:score does."
            )
            .Accepts<SimilarRequest>("application/json", "multipart/form-data")
            .TakesUpload(options.MaxUploadBytes)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<SimilarAnswer>, ProblemHttpResult>> FindAsync(
        HttpContext http,
        GatewayOptions options,
        Finder finder,
        CancellationToken cancellationToken
    )
    {
        if (!http.Request.HasJsonContentType())
        {
            ImageForm form = await ImageForm.ReadAsync(http.Request, options.MaxUploadBytes, cancellationToken);
            return await finder.ByFileAsync(http, form, cancellationToken);
        }
        SimilarRequest request = await JsonBody.ReadAsync<SimilarRequest>(http.Request, cancellationToken);
        int k = request.K ?? ImageForm.DefaultK;
        if (k is < 1 or > ImageForm.MostK)
            throw new BadHttpRequestException($"k is {k}: give 1 to {ImageForm.MostK}.");
        if (request.Label is not (null or 0 or 1))
            throw new BadHttpRequestException($"label is {request.Label}: give 0 or 1, or leave it out.");
        return request switch
        {
            { Embedding: { } embedding, Uid: null } => await finder.ByEmbeddingAsync(
                http,
                request,
                [.. embedding],
                k,
                cancellationToken
            ),
            { Embedding: null, Hospital: { } hospital, Uid: { } uid } => await finder.ByImageAsync(
                http,
                request,
                new InstanceId(hospital, uid),
                k,
                cancellationToken
            ),
            _ => throw new BadHttpRequestException(
                "Name one thing to compare: hospital and uid of an image, or an embedding."
            ),
        };
    }

    /// <summary>The three ways to ask.</summary>
    internal sealed class Finder(
        Visibility visibility,
        ModelRegistry models,
        ModelSwitch compared,
        ModelManifests manifests,
        ImageLookup images,
        ImageScoring scoring,
        SimilarCases similar,
        AuditTrail audit
    )
    {
        public async Task<Results<Ok<SimilarAnswer>, ProblemHttpResult>> ByFileAsync(
            HttpContext http,
            ImageForm form,
            CancellationToken cancellationToken
        )
        {
            visibility.Demand(form.Image.Hospital);
            ModelId model = await ResolveAsync(form.Model, cancellationToken);
            ScoredInstance sent = await scoring.ScoreAsync(form.Image, model, cancellationToken);
            await audit.WriteAsync(http, "similar", form.Image.Hospital, sent.Instance.Id.ToString());
            if (ScoreEndpoints.Refusal(http, sent.Score.Score) is { } refusal)
                return refusal;
            return TypedResults.Ok(await similar.FindAsync(sent, model, form.K, null, cancellationToken));
        }

        public async Task<Results<Ok<SimilarAnswer>, ProblemHttpResult>> ByImageAsync(
            HttpContext http,
            SimilarRequest request,
            InstanceId id,
            int k,
            CancellationToken cancellationToken
        )
        {
            ModelId model = await ResolveAsync(request.Model, cancellationToken);
            (InstanceRecord image, ScoreRecord? score) = await images.FindAsync(id, model, cancellationToken);
            await audit.WriteAsync(http, "similar", id.Hospital, id.ToString());
            if (score is null)
                return Problems.Of(
                    StatusCodes.Status409Conflict,
                    $"{id} has no result of model {model}. Score it first, in a job or with images:score."
                );
            var scored = new ScoredInstance(image, score);
            return TypedResults.Ok(await similar.FindAsync(scored, model, k, request.Filter, cancellationToken));
        }

        public async Task<Results<Ok<SimilarAnswer>, ProblemHttpResult>> ByEmbeddingAsync(
            HttpContext http,
            SimilarRequest request,
            float[] embedding,
            int k,
            CancellationToken cancellationToken
        )
        {
            ModelId model = await ResolveAsync(request.Model, cancellationToken);
            int dimension = (await manifests.GetAsync(model, cancellationToken)).EmbeddingSize;
            if (embedding.Length != dimension || !embedding.All(float.IsFinite))
                throw new BadHttpRequestException(
                    $"The embedding has {embedding.Length} components: model {model} has {dimension} finite numbers."
                );
            await audit.WriteAsync(http, "similar", null, "embedding");
            return TypedResults.Ok(await similar.FindAsync(embedding, model, k, request.Filter, cancellationToken));
        }

        private async Task<ModelId> ResolveAsync(ModelId? named, CancellationToken cancellationToken) =>
            await models.ResolveAsync(named ?? await compared.ComparedAsync(cancellationToken), cancellationToken);
    }
}
