namespace CxrCluster.Gateway.Health;

/// <summary>One thing that the node needs.</summary>
internal sealed record ReadinessCheck(string Name, bool Ok, string Detail);
