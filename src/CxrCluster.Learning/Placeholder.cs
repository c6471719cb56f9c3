namespace CxrCluster.Learning;

internal static class Placeholder { }
