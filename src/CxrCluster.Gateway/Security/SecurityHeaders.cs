using CxrCluster.Gateway.Http;

namespace CxrCluster.Gateway.Security;

/// <summary>Headers that keep a browser from doing more with an answer than the pages need.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string OwnOnly =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Reports are single files with their style and pictures inside; they run nothing and reach nothing.</summary>
    private const string Report =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // When the answer starts, not now: error handling clears headers.
        http.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                IHeaderDictionary headers = http.Response.Headers;
                headers.ContentSecurityPolicy = http.Request.Path.IsUnder("/reports") ? Report : OwnOnly;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                // Answers are about patients: no copy stays in a browser's or proxy's cache unless the answer says so.
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            http
        );
        return next(http);
    }
}
