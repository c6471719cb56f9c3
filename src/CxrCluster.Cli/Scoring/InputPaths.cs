namespace CxrCluster.Cli.Scoring;

/// <summary>Finds the images that the paths on a command line mean.</summary>
internal static class InputPaths
{
    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".bmp",
        ".dcm",
    };

    /// <summary>
    /// A file is itself, whatever its extension; a folder is its image files in ordinal order of their paths. What cannot
    /// be found or opened keeps its place, with a sentence: nothing is lost and nothing is left out silently.
    /// </summary>
    public static IReadOnlyList<(string Path, string? Problem)> Expand(IEnumerable<string> paths, bool recursive) =>
        [.. paths.SelectMany(path => Expand(path, recursive))];

    private static List<(string Path, string? Problem)> Expand(string path, bool recursive)
    {
        if (!Directory.Exists(path))
            return [(path, MissingFile(path))];
        var found = new List<(string Path, string? Problem)>();
        Collect(path, recursive, found);
        if (found.Count == 0)
            found.Add((path, NoImages(path, recursive)));
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    /// <summary>A sentence when there is no such file; null when there is.</summary>
    public static string? MissingFile(string path) =>
        File.Exists(path) ? null : $"{path}: no such file or folder. Check the path.";

    private static void Collect(string folder, bool recursive, List<(string Path, string? Problem)> found)
    {
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                string path = Path.Combine(folder, entry.Name);
                if (entry is not DirectoryInfo)
                {
                    if (ImageExtensions.Contains(entry.Extension))
                        found.Add((path, MissingFile(path)));
                }
                else if (recursive && entry.LinkTarget is null) // a link may lead back up
                {
                    Collect(path, recursive, found);
                }
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            found.Add((folder, $"{folder}: the folder cannot be read ({exception.Message}). Check its permissions."));
        }
    }

    private static string NoImages(string folder, bool recursive)
    {
        string deeper = recursive ? "" : " Add --recursive to look into the folders below it.";
        return $"{folder}: no images (png, jpg, tif, bmp, dcm) in this folder.{deeper}";
    }
}
