namespace CxrCluster.Similarity;

internal static class Placeholder { }
