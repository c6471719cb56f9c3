using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Remote;

/// <summary>Calls the API of a running cluster; every failure becomes a sentence and an exit code.</summary>
internal sealed class ClusterClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpClient _http;

    /// <param name="address">The gateway.</param>
    /// <param name="token">Its bearer token.</param>
    public ClusterClient(Uri address, string token)
    {
        // Uploads of bundles and event streams take as long as they take; Ctrl-C ends them.
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>GET of a JSON answer.</summary>
    /// <param name="path">Below /api/v1/.</param>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path, content: null, cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    /// <summary>POST with a JSON answer.</summary>
    public async Task<T> PostAsync<T>(string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, path, content, cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    /// <summary>POST of an object as JSON, with a JSON answer.</summary>
    public Task<T> PostJsonAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        PostAsync<T>(path, JsonContent.Create(body, options: Json), cancellationToken);

    /// <summary>POST without an answer.</summary>
    public async Task PostAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, path, content: null, cancellationToken)).Dispose();

    /// <summary>The answer's headers as soon as they are there; the caller reads and disposes the rest.</summary>
    /// <exception cref="CommandException">The cluster cannot be reached or refuses.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException(
                ExitCodes.Unreachable,
                $"The cluster at {_http.BaseAddress} cannot be reached ({exception.Message.TrimEnd('.')}). "
                    + "Check that it runs, and --url or CXR_URL.",
                exception
            );
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await RefusalAsync(response, cancellationToken);
    }

    /// <summary>An event or a body of the cluster's JSON.</summary>
    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json)!;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
        }
        catch (JsonException exception)
        {
            throw new CommandException(
                ExitCodes.Unreachable,
                $"{_http.BaseAddress} answers, but not like a CxrCluster ({exception.Message.TrimEnd('.')}). Check --url or CXR_URL.",
                exception
            );
        }
    }

    private async Task<CommandException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? detail = await DetailAsync(response, cancellationToken);
        int code = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => ExitCodes.WrongUsage,
            HttpStatusCode.Unauthorized => ExitCodes.WrongUsage,
            HttpStatusCode.Forbidden => ExitCodes.WrongUsage,
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ExitCodes.Unreachable,
            _ => ExitCodes.NothingDone,
        };
        return new CommandException(
            code,
            response.StatusCode == HttpStatusCode.Unauthorized
                ? $"{_http.BaseAddress} does not accept the token in CXR_TOKEN. Set it to the one that 'cxr serve' printed."
                : detail ?? $"{_http.BaseAddress} answered {(int)response.StatusCode} {response.ReasonPhrase}."
        );
    }

    /// <summary>The sentence of a problem+json body (RFC 9457); null when there is none.</summary>
    private static async Task<string?> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            return JsonSerializer.Deserialize<Problem>(body, Json)?.Detail;
        }
        catch (JsonException)
        {
            return null; // not from a gateway: the status says what there is to say
        }
    }

    private sealed record Problem(string? Detail);
}
