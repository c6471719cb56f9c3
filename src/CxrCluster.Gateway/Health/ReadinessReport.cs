namespace CxrCluster.Gateway.Health;

/// <summary>The answer of /health/ready.</summary>
internal sealed record ReadinessReport(bool Ready, IReadOnlyList<ReadinessCheck> Checks);
