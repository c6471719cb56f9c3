namespace CxrCluster.Evaluation;

internal static class Placeholder { }
