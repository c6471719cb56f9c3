namespace CxrCluster.Gateway.Http;

/// <summary>The sentence about an error, kept for the error page.</summary>
internal sealed record ErrorText(string Text)
{
    public static string? Of(HttpContext http) => http.Features.Get<ErrorText>()?.Text;
}
