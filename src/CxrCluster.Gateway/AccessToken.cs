using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CxrCluster.Gateway;

/// <summary>
/// The secrets of one process: the bearer token of the API, and a code that signs one browser in, once. Both are compared
/// in constant time and never logged; whoever started the process prints them.
/// </summary>
public sealed class AccessToken
{
    private readonly byte[] _code;
    private int _codeUsed;

    /// <param name="configured">The token to use; empty: a new one of 256 random bits.</param>
    public AccessToken(string configured)
    {
        Value = configured.Length != 0 ? configured : NewSecret();
        _code = Encoding.ASCII.GetBytes(NewSecret());
    }

    /// <summary>What follows "Authorization: Bearer ".</summary>
    public string Value { get; }

    /// <summary>A link that signs in the first browser that opens it; the same one however often it is asked for.</summary>
    /// <param name="url">Where the gateway listens, as in http://127.0.0.1:8080.</param>
    public Uri SignInLink(string url) => new(new Uri(url), $"/sign-in?code={Encoding.ASCII.GetString(_code)}");

    /// <summary>Whether this is the token.</summary>
    public bool Matches(string? token) => Equal(Encoding.UTF8.GetBytes(Value), token);

    /// <summary>True for the right code, the first time.</summary>
    public bool TryRedeem(string? code) => Equal(_code, code) && Interlocked.Exchange(ref _codeUsed, 1) == 0;

    /// <summary>Compares hashes: the time taken tells neither where the texts differ nor how long the secret is.</summary>
    private static bool Equal(byte[] secret, string? given) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(secret),
            SHA256.HashData(Encoding.UTF8.GetBytes(given))
        );

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
