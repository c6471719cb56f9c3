namespace CxrCluster.Grains.Placement;

/// <summary>What a node may be asked to do.</summary>
public static class NodeRoles
{
    /// <summary>REST API and web pages.</summary>
    public const string Gateway = "gateway";

    /// <summary>Fetches, decodes and preprocesses images.</summary>
    public const string Preprocess = "preprocess";

    /// <summary>Has inference slots.</summary>
    public const string Inference = "inference";

    /// <summary>Holds embedding shards.</summary>
    public const string Index = "index";

    /// <summary>Coordinates scoring jobs.</summary>
    public const string Jobs = "jobs";

    /// <summary>Coordinates training.</summary>
    public const string Training = "training";

    /// <summary>Every role: one process is a whole working system.</summary>
    public static IReadOnlyList<string> All { get; } = [Gateway, Preprocess, Inference, Index, Jobs, Training];
}
