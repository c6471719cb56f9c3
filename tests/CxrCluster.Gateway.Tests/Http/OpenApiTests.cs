using System.Text.Json;
using CxrCluster.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace CxrCluster.Gateway.Tests.Http;

public sealed class OpenApiTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Document_ListsEveryApiRoute()
    {
        JsonElement paths = (await ReadAsync()).GetProperty("paths");
        IEnumerable<string> documented = paths
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")
            );
        IEnumerable<string> mapped = shared
            .Gateway.Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.RoutePattern.RawText is { } route
                && (
                    route.StartsWith("/api/", StringComparison.Ordinal)
                    || route.StartsWith("/health/", StringComparison.Ordinal)
                )
            )
            .SelectMany(e =>
                e.Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}")
            );
        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.Contains("POST /api/v1/images:score", documented);
    }

    [Fact]
    public async Task Document_IdsAreStrings()
    {
        JsonElement schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        JsonElement job = schemas.GetProperty("JobView").GetProperty("properties");
        Assert.Contains("string", Resolve(schemas, job.GetProperty("id")).GetProperty("type").ToString());
        Assert.Contains("string", Resolve(schemas, job.GetProperty("model")).GetProperty("type").ToString());
    }

    [Fact]
    public async Task Document_EveryCallAsksForTheToken()
    {
        JsonElement document = await ReadAsync();
        Assert.Equal(1, document.GetProperty("security").GetArrayLength());
        Assert.Equal(
            "bearer",
            document
                .GetProperty("components")
                .GetProperty("securitySchemes")
                .GetProperty("token")
                .GetProperty("scheme")
                .GetString()
        );
    }

    private static JsonElement Resolve(JsonElement schemas, JsonElement schema) =>
        schema.TryGetProperty("$ref", out JsonElement reference)
            ? schemas.GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private async Task<JsonElement> ReadAsync()
    {
        using HttpResponseMessage reply = await shared.Gateway.Api.GetAsync("/openapi/v1.json");
        return JsonElement.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }
}
