using CxrCluster.Gateway.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace CxrCluster.Gateway.Security;

/// <summary>Who may call what: everything asks for a sign-in unless it says otherwise.</summary>
internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        // Sessions end with the process, as the token does: no key lies on a disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services
            .AddAuthentication(Schemes.Either)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(Schemes.Token, null)
            .AddCookie(Schemes.Browser)
            .AddPolicyScheme(
                Schemes.Either,
                null,
                options =>
                {
                    options.ForwardDefaultSelector = http =>
                        http.Request.Headers.ContainsKey(nameof(IHeaderDictionary.Authorization))
                            ? Schemes.Token
                            : Schemes.Browser;
                }
            );
        services
            .AddOptions<CookieAuthenticationOptions>(Schemes.Browser)
            .Configure<AccessToken>(BrowserSession.Configure)
            .Configure(options => options.Events.OnRedirectToLogin = ChallengeAsync);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Schemes.TokenOnly,
                policy => policy.AddAuthenticationSchemes(Schemes.Token).RequireAuthenticatedUser()
            )
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services
            .AddAntiforgery()
            .AddOptions<AntiforgeryOptions>()
            .Configure<AccessToken>(
                (options, token) =>
                {
                    options.Cookie.Name = BrowserSession.CookieName("form", token);
                    options.Cookie.SameSite = SameSiteMode.Strict;
                    options.Cookie.HttpOnly = true;
                }
            );
        services.AddSingleton<Visibility>();
        return services;
    }

    /// <summary>Programs get a 401; browsers the sign-in page.</summary>
    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ApiPaths.Contains(context.Request.Path))
            return context.HttpContext.ChallengeAsync(Schemes.Token);
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
