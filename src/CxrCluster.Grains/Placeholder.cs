namespace CxrCluster.Grains;

internal static class Placeholder { }
