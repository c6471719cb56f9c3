using System.Text.Json;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using Microsoft.AspNetCore.Diagnostics;

namespace CxrCluster.Gateway.Http;

/// <summary>Turns exceptions that carry a sentence for the caller into answers; all others become a 500 that tells nothing.</summary>
internal sealed class ErrorTranslator : IExceptionHandler
{
    private const int RetrySeconds = 5;

    public async ValueTask<bool> TryHandleAsync(
        HttpContext http,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        if (Translate(exception) is not var (status, text, code))
            return false;
        if (status == StatusCodes.Status503ServiceUnavailable)
            Problems.RetryAfter(http, RetrySeconds);
        if (ApiPaths.Contains(http.Request.Path))
        {
            await Problems.Of(status, text, code).ExecuteAsync(http);
            return true;
        }
        // without a body: the error page fills it in
        http.Response.StatusCode = status;
        http.Features.Set(new ErrorText(text));
        return true;
    }

    private static (int Status, string Text, string? Code)? Translate(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, Sentence(bad), null),
            UnreadableImageException => Unprocessable(exception, ReasonCodes.Unreadable),
            InvalidBundleException => Unprocessable(exception, "invalid-bundle"),
            ModelUnavailableException => (StatusCodes.Status409Conflict, exception.Message, "no-model"),
            WorkerUnavailableException or WorkerBusyException or StorageUnavailableException => (
                StatusCodes.Status503ServiceUnavailable,
                exception.Message,
                ReasonCodes.Unavailable
            ),
            _ => null,
        };

    private static (int, string, string?) Unprocessable(Exception exception, string code) =>
        (StatusCodes.Status422UnprocessableEntity, exception.Message, code);

    private static string Sentence(BadHttpRequestException exception) =>
        exception.InnerException is JsonException json
            ? $"The body is not the JSON expected: {json.Message}"
            : exception.Message;
}
