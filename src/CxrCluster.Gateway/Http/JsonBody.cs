using System.Text.Json;

namespace CxrCluster.Gateway.Http;

/// <summary>Reads a JSON body where the framework's binding does not do it.</summary>
internal static class JsonBody
{
    /// <exception cref="BadHttpRequestException">It is empty or not of that form.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFromJsonAsync<T>(cancellationToken)
                ?? throw new BadHttpRequestException("The body is empty: send a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(exception.Message, exception);
        }
    }
}
