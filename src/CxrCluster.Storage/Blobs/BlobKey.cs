using System.Text.RegularExpressions;

namespace CxrCluster.Storage.Blobs;

/// <summary>
/// What a key may be. The rule leaves out everything that means something to a file system: "..", "\", NUL, a leading "/",
/// an empty segment, upper case (some file systems fold it), and a leading dot, which the folder store keeps for itself.
/// </summary>
internal static partial class BlobKey
{
    private const int MaxLength = 1024; // Azure's own limit

    public static bool IsValid(string key) => key.Length <= MaxLength && Key().IsMatch(key);

    /// <exception cref="ArgumentException">The key breaks the rule.</exception>
    public static string Checked(string key)
    {
        if (!IsValid(key))
            throw new ArgumentException(
                $"'{key}' is not a blob key: use segments of at most 255 of a-z, 0-9, '.', '_' and '-', each starting "
                    + $"with a letter or digit, joined by '/', at most {MaxLength} characters.",
                nameof(key)
            );
        return key;
    }

    /// <exception cref="ArgumentException">No key can start like this.</exception>
    public static string CheckedPrefix(string prefix)
    {
        if (prefix.Length > 0)
            Checked(prefix.EndsWith('/') ? prefix[..^1] : prefix);
        return prefix;
    }

    [GeneratedRegex(
        @"\A[a-z0-9][a-z0-9._-]{0,254}(/[a-z0-9][a-z0-9._-]{0,254})*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Key();
}
