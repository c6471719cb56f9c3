using System.Security.Claims;
using System.Text.Encodings.Web;
using CxrCluster.Gateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CxrCluster.Gateway.Security;

/// <summary>Takes "Authorization: Bearer TOKEN".</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessToken token
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>The name in the audit trail of whoever holds the token.</summary>
    public const string Actor = "token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (!token.Matches(header[Prefix.Length..].Trim()))
            return Task.FromResult(AuthenticateResult.Fail("The bearer token is not the one of this gateway."));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, Actor)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        return Problems
            .Of(
                StatusCodes.Status401Unauthorized,
                "Send the token that the gateway printed at its start, as in 'Authorization: Bearer TOKEN'."
            )
            .ExecuteAsync(Context);
    }
}
