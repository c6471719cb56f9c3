using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Similarity;

namespace CxrCluster.Node.Configuration;

/// <summary>Secrets that keep patients of one hospital unknown to readers of another, section "Privacy".</summary>
public sealed class PrivacyOptions
{
    /// <summary>Key of the pseudonyms, base64 of at least 16 bytes, the same on every node. Embedded, one is made and kept
    /// in the data folder.</summary>
    public string PseudonymKey { get; set; } = "";

    /// <summary>What readers of other hospitals see of a hospital's cases, unless <see cref="Sharing"/> says otherwise.</summary>
    public SharingLevel ShareWithOthers { get; set; } = SharingLevel.Scores;

    /// <summary>Hospitals with a level of their own: Nothing or Scores.</summary>
    public IDictionary<string, SharingLevel> Sharing { get; init; } =
        new Dictionary<string, SharingLevel>(StringComparer.Ordinal);

    /// <summary>The policy that these settings describe.</summary>
    public SharingPolicy ToPolicy() =>
        new(Sharing.ToDictionary(s => new HospitalId(s.Key), s => s.Value), ShareWithOthers);

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string hospital in Sharing.Keys.Where(h => !HospitalId.TryParse(h, null, out _)))
            yield return $"Privacy:Sharing names '{hospital}', which is no hospital id: write 1 to 32 of a-z, 0-9 and -.";
        if (PseudonymKey.Length == 0)
            yield break;
        byte[] key = new byte[PseudonymKey.Length];
        if (!Convert.TryFromBase64String(PseudonymKey, key, out int length) || length < 16)
            yield return "Privacy:PseudonymKey is not base64 of at least 16 bytes: use what 'openssl rand -base64 32' prints.";
    }
}
