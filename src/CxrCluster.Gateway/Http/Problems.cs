using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Http;

/// <summary>Errors in the form of RFC 9457, application/problem+json.</summary>
internal static class Problems
{
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">A sentence: the thing, the cause, the remedy.</param>
    /// <param name="code">Countable cause, one of the reason codes; null if there is none.</param>
    public static ProblemHttpResult Of(int status, string detail, string? code = null) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            extensions: code is null
                ? null
                : new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code }
        );

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>Says when it is worth to try again.</summary>
    public static void RetryAfter(HttpContext http, int seconds) =>
        http.Response.Headers.RetryAfter = seconds.ToString();
}
