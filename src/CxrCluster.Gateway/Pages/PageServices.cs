using CxrCluster.Gateway.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.RateLimiting;

namespace CxrCluster.Gateway.Pages;

/// <summary>Registers the web pages.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services, GatewayOptions options)
    {
        services
            .AddRazorPages(pages =>
                pages.Conventions.AddPageApplicationModelConvention("/Score", page => Limit(page, options))
            )
            .AddApplicationPart(typeof(PageServices).Assembly);
        return services;
    }

    private static void Limit(PageApplicationModel page, GatewayOptions options)
    {
        long most = options.MaxUploadBytes + Limits.FormOverhead;
        page.Filters.Add(new RequestSizeLimitAttribute(most));
        page.Filters.Add(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = most });
        page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.Upload));
    }
}
