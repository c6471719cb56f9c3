namespace CxrCluster.Storage;

internal static class Placeholder { }
