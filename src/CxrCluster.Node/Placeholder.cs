namespace CxrCluster.Node;

internal static class Placeholder { }
