namespace CxrCluster.Gateway.Http;

/// <summary>Which part of the gateway a path belongs to.</summary>
internal static class ApiPaths
{
    private static readonly string[] Roots = ["/api", "/openapi", "/health", "/metrics", "/assets"];

    /// <summary>Whether programs call it: they get problem+json, never a page.</summary>
    public static bool Contains(PathString path) => Roots.Any(root => path.IsUnder(root));

    /// <summary>Whether the path is the root or below it.</summary>
    public static bool IsUnder(this PathString path, string root) =>
        path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase);
}
