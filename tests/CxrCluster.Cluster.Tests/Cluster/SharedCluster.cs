namespace CxrCluster.Cluster.Tests.Cluster;

/// <summary>One cluster for the tests that leave it whole.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<CxrTestCluster>
{
    public const string Name = "cluster";
}
