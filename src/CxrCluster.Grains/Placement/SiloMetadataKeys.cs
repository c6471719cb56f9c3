namespace CxrCluster.Grains.Placement;

/// <summary>What every silo tells the others about itself.</summary>
public static class SiloMetadataKeys
{
    /// <summary>The node's stable name.</summary>
    public const string Node = "node";

    /// <summary>Roles, joined by commas.</summary>
    public const string Roles = "roles";

    /// <summary>How many inference slots the node has.</summary>
    public const string Slots = "slots";
}
