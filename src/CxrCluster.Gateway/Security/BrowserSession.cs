using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CxrCluster.Gateway.Security;

/// <summary>The session of a browser: a sealed cookie that scripts cannot read and other sites cannot send.</summary>
internal static class BrowserSession
{
    /// <summary>The name in the audit trail of whoever signed in.</summary>
    public const string Actor = "browser";

    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options, AccessToken token)
    {
        options.Cookie.Name = CookieName("session", token);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Length;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
    }

    /// <summary>Cookies ignore ports and outlive processes: gateways on one machine must not overwrite each other's, nor a
    /// new start read what it cannot open.</summary>
    public static string CookieName(string purpose, AccessToken token) =>
        $"cxr-{purpose}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value)))[..8]}";

    public static Task SignInAsync(HttpContext http)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, Actor)], Schemes.Browser);
        return http.SignInAsync(Schemes.Browser, new ClaimsPrincipal(identity));
    }

    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Schemes.Browser);
}
