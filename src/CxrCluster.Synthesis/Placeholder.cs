namespace CxrCluster.Synthesis;

internal static class Placeholder { }
