namespace CxrCluster.Contracts;

internal static class Placeholder { }
