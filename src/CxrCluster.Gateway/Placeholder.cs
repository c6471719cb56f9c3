namespace CxrCluster.Gateway;

internal static class Placeholder { }
