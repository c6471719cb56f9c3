namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>Paths of a dataset's images.</summary>
internal static class DatasetFolder
{
    /// <summary>Whether a file lies below the folder, whatever ".." a list has in it.</summary>
    public static bool Holds(string folder, string path) => IsBelow(Path.GetRelativePath(folder, path));

    /// <summary>The image's name in a manifest.</summary>
    /// <exception cref="InvalidManifestException">The image is not below the root.</exception>
    public static string Relative(string root, string path) =>
        Path.GetRelativePath(root, path) is var relative && IsBelow(relative)
            ? relative.Replace(Path.DirectorySeparatorChar, '/')
            : throw new InvalidManifestException(
                $"{path} is not below {root}; name the dataset's folder or one above it as the root."
            );

    private static bool IsBelow(string relative) =>
        !Path.IsPathRooted(relative) && relative != "." && relative.Split(Path.DirectorySeparatorChar)[0] != "..";
}
