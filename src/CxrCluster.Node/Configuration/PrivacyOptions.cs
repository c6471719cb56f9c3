namespace CxrCluster.Node.Configuration;

/// <summary>Secrets that keep patients of one hospital unknown to readers of another, section "Privacy".</summary>
public sealed class PrivacyOptions
{
    /// <summary>Key of the pseudonyms, base64 of at least 16 bytes, the same on every node. Embedded, one is made and kept
    /// in the data folder.</summary>
    public string PseudonymKey { get; set; } = "";

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (PseudonymKey.Length == 0)
            yield break;
        byte[] key = new byte[PseudonymKey.Length];
        if (!Convert.TryFromBase64String(PseudonymKey, key, out int length) || length < 16)
            yield return "Privacy:PseudonymKey is not base64 of at least 16 bytes: use what 'openssl rand -base64 32' prints.";
    }
}
