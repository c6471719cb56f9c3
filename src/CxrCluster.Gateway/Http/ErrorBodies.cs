namespace CxrCluster.Gateway.Http;

/// <summary>Fills in errors that have no body: problem+json for programs, the error page for browsers.</summary>
internal static class ErrorBodies
{
    public static IApplicationBuilder UseErrorBodies(this IApplicationBuilder app) =>
        app.UseWhen(
                http => ApiPaths.Contains(http.Request.Path),
                api =>
                    api.UseStatusCodePages(context =>
                        TypedResults
                            .Problem(statusCode: context.HttpContext.Response.StatusCode)
                            .ExecuteAsync(context.HttpContext)
                    )
            )
            .UseWhen(
                http => !ApiPaths.Contains(http.Request.Path),
                pages => pages.UseStatusCodePagesWithReExecute("/error/{0}")
            );
}
