using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace CxrCluster.Gateway.Http;

/// <summary>How much is taken at one time.</summary>
internal static class Limits
{
    /// <summary>Requests that upload or score.</summary>
    public const string Upload = "upload";

    /// <summary>Requests for pictures.</summary>
    public const string Picture = "picture";

    /// <summary>What a form may need besides its files.</summary>
    public const long FormOverhead = 64 << 10;

    /// <summary>A cohort's upload may hold this many times the largest image.</summary>
    public const int ImagesPerUpload = 64;

    private const int RetrySeconds = 2;

    public static IServiceCollection AddLimits(this IServiceCollection services, GatewayOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddConcurrencyLimiter(Upload, limit => limit.PermitLimit = options.MaxConcurrentScores);
            limiter.AddConcurrencyLimiter(
                Picture,
                limit =>
                {
                    limit.PermitLimit = options.MaxConcurrentScores;
                    limit.QueueLimit = 256; // a page of thumbnails asks for 50 at once
                }
            );
            limiter.OnRejected = async (context, _) =>
            {
                Problems.RetryAfter(context.HttpContext, RetrySeconds);
                await Problems
                    .Of(
                        StatusCodes.Status429TooManyRequests,
                        $"The gateway is handling as many of these requests as it may. Try again in {RetrySeconds} s."
                    )
                    .ExecuteAsync(context.HttpContext);
            };
        });

    /// <summary>Bounds the endpoint's body and its callers at one time.</summary>
    public static RouteHandlerBuilder TakesUpload(this RouteHandlerBuilder endpoint, long bytes) =>
        endpoint
            .WithMetadata(new BodyLimit(bytes + FormOverhead))
            .RequireRateLimiting(Upload)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
