using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Placement;

namespace CxrCluster.Node.Configuration;

/// <summary>This process, section "Node" of the configuration.</summary>
public sealed class NodeOptions
{
    /// <summary>Stable name, unique in the cluster; the machine's name by default.</summary>
    public string Name { get; set; } = DefaultName();

    /// <summary>Roles; empty means all.</summary>
    public IList<string> Roles { get; init; } = [];

    /// <summary>One slot per entry: "cpu" or "cuda:0". Used when the node has the role inference or training.</summary>
    public IList<string> Slots { get; init; } = [];

    /// <summary>Where health, metrics and, with the role gateway, API and pages listen. Loopback unless a proxy is in front.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Folder for what the node keeps on its own disk: model copies; and in the embedded set-up catalogue and blobs.</summary>
    public string DataFolder { get; set; } = "cxr-data";

    /// <summary>Threads for preprocessing; 0 means one per core.</summary>
    public int PreprocessThreads { get; set; }

    /// <summary>How long the node waits at start for catalogue and blob store before it gives up.</summary>
    public TimeSpan StartDeadline { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The roles in force.</summary>
    public IReadOnlyList<string> EffectiveRoles => Roles.Count == 0 ? NodeRoles.All : [.. Roles];

    /// <summary>The devices in force: none without the role inference or training, one "cpu" slot when none is named.</summary>
    public IReadOnlyList<string> EffectiveSlots =>
        !EffectiveRoles.Any(role => role is NodeRoles.Inference or NodeRoles.Training) ? []
        : Slots.Count == 0 ? ["cpu"]
        : [.. Slots];

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (!NodeName.TryParse(Name, null, out _))
            yield return $"Node:Name '{Name}' is not usable: write 1 to 63 of a-z, 0-9, . and -.";
        foreach (string role in Roles.Where(r => !NodeRoles.All.Contains(r, StringComparer.Ordinal)))
            yield return $"Node:Roles has the unknown role '{role}': use {string.Join(", ", NodeRoles.All)}, or none for all.";
        foreach (string slot in Slots.Where(s => s != "cpu" && !IsCuda(s)))
            yield return $"Node:Slots has the unknown device '{slot}': write cpu or cuda:0, cuda:1, ...";
        if (Slots.Count > 0 && EffectiveSlots.Count == 0)
            yield return "Node:Slots names devices but the node has neither the role inference nor training: add one or remove the slots.";
        if (
            !Uri.TryCreate(Url, UriKind.Absolute, out Uri? url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        )
            yield return $"Node:Url '{Url}' is not an address: write for example http://127.0.0.1:8080.";
        if (string.IsNullOrWhiteSpace(DataFolder))
            yield return "Node:DataFolder is empty: name a folder that the node may write.";
        if (PreprocessThreads is < 0 or > 512)
            yield return $"Node:PreprocessThreads is {PreprocessThreads}: set it between 1 and 512, or 0 for one per core.";
        if (StartDeadline <= TimeSpan.Zero)
            yield return "Node:StartDeadline must be positive, as in 00:02:00.";
    }

    private static bool IsCuda(string device) =>
        device.StartsWith("cuda:", StringComparison.Ordinal)
        && int.TryParse(device.AsSpan(5), out int index)
        && index >= 0;

    private static string DefaultName()
    {
        string name = new([
            .. Environment.MachineName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'),
        ]);
        return NodeName.TryParse(name, null, out _) ? name : "node";
    }
}
