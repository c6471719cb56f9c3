using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway;

/// <summary>API and web pages of a node, section "Gateway" of the configuration.</summary>
public sealed class GatewayOptions
{
    /// <summary>Bearer token of the API; empty: one is made at every start and printed.</summary>
    public string Token { get; set; } = "";

    /// <summary>Host names, beside those of loopback, under which a proxy reaches this gateway; "*" switches the check off.</summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>The hospital whose readers use this gateway: they see its patients, and pseudonyms of all others. Empty: an
    /// operator of all hospitals, who sees everything.</summary>
    public string Reader { get; set; } = "";

    /// <summary>The largest image that is taken, bytes.</summary>
    public long MaxUploadBytes { get; set; } = 64L << 20;

    /// <summary>The largest model bundle that is taken, bytes over its three files.</summary>
    public long MaxModelBytes { get; set; } = 2L << 30;

    /// <summary>Requests that upload or score at one time; more are answered with 429. With <see cref="MaxUploadBytes"/> it
    /// bounds the memory of uploads.</summary>
    public int MaxConcurrentScores { get; set; } = 16;

    /// <summary>Memory for thumbnails and previews that are shown again, bytes.</summary>
    public long PictureCacheBytes { get; set; } = 64L << 20;

    /// <summary>Where the files with passwords and tokens of PACSs lie on the nodes; sources can name no others.</summary>
    public string PacsSecretFolder { get; set; } = "/run/secrets";

    /// <summary>Folder that is served under /reports/; empty: none.</summary>
    public string ReportFolder { get; set; } = "";

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (
            Token.Length != 0
            && (Token.Length < 16 || !Token.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c)))
        )
            yield return "Gateway:Token is too short or has other characters than A-Z, a-z, 0-9 and -._~+/=: use at least 16, or leave it empty to have one made.";
        if (AllowedHosts.Any(string.IsNullOrWhiteSpace))
            yield return "Gateway:AllowedHosts has an empty entry: write host names without scheme and port.";
        if (Reader.Length != 0 && !HospitalId.TryParse(Reader, null, out _))
            yield return $"Gateway:Reader '{Reader}' is not a hospital id: use 1 to 32 of a-z, 0-9 and -, or leave it empty.";
        if (MaxUploadBytes is < 1024 or > int.MaxValue)
            yield return $"Gateway:MaxUploadBytes is {MaxUploadBytes}: set it between 1024 and {int.MaxValue}.";
        if (MaxModelBytes < 1 << 20)
            yield return $"Gateway:MaxModelBytes is {MaxModelBytes}: set it to 1048576 or more.";
        if (MaxConcurrentScores is < 1 or > 1024)
            yield return $"Gateway:MaxConcurrentScores is {MaxConcurrentScores}: set it between 1 and 1024.";
        if (PictureCacheBytes < 1 << 20)
            yield return $"Gateway:PictureCacheBytes is {PictureCacheBytes}: set it to 1048576 or more.";
        if (PacsSecretFolder.Length == 0)
            yield return "Gateway:PacsSecretFolder is empty: name the folder where passwords of PACSs lie.";
        if (ReportFolder.Length != 0 && !Directory.Exists(ReportFolder))
            yield return $"Gateway:ReportFolder '{ReportFolder}' does not exist: make the folder or leave the setting empty.";
    }
}
