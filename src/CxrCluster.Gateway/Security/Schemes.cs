namespace CxrCluster.Gateway.Security;

/// <summary>Names of the ways to sign in and of the policies over them.</summary>
internal static class Schemes
{
    /// <summary>Whichever of the two below the request carries.</summary>
    public const string Either = "either";

    /// <summary>"Authorization: Bearer TOKEN".</summary>
    public const string Token = "token";

    /// <summary>The cookie that signing in sets.</summary>
    public const string Browser = "browser";

    /// <summary>Policy of API calls that change something: the token only, so that no page of another origin can make a
    /// signed-in browser send them.</summary>
    public const string TokenOnly = "token-only";
}
