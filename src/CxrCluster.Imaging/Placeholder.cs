namespace CxrCluster.Imaging;

internal static class Placeholder { }
