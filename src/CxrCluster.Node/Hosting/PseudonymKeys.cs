using System.Security.Cryptography;
using CxrCluster.Node.Configuration;

namespace CxrCluster.Node.Hosting;

/// <summary>Finds the key of the pseudonyms.</summary>
internal static class PseudonymKeys
{
    private const string FileName = "pseudonym.key";

    /// <summary>The configured key, or the data folder's own, made at first use and readable by its owner only.</summary>
    public static byte[] Find(PrivacyOptions privacy, string dataFolder)
    {
        if (privacy.PseudonymKey.Length > 0)
            return Convert.FromBase64String(privacy.PseudonymKey);
        string path = Path.Combine(dataFolder, FileName);
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        Directory.CreateDirectory(dataFolder);
        byte[] key = RandomNumberGenerator.GetBytes(32);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, mode);
        file.Write(key);
        return key;
    }
}
