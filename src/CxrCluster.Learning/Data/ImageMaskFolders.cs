using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Data;

/// <summary>Finds the pairs of a folder of radiographs and a folder of masks with the same names.</summary>
public static class ImageMaskFolders
{
    private const int Shown = 5;

    /// <summary>
    /// Pairs the files by name; extensions may differ (a JPEG with a PNG mask). Subfolders and hidden files are not looked at.
    /// </summary>
    /// <returns>The pairs in ordinal order of their names; at least one.</returns>
    /// <exception cref="InvalidTrainingDataException">
    /// A folder is missing or empty, two files share a name, an image has no mask or a mask has no image.
    /// </exception>
    public static IReadOnlyList<ImageMaskPair> Pair(string imagesFolder, string masksFolder)
    {
        var images = Files(imagesFolder);
        var masks = Files(masksFolder);
        Refuse(images.Keys.Except(masks.Keys, StringComparer.Ordinal), "without a mask in", masksFolder);
        Refuse(masks.Keys.Except(images.Keys, StringComparer.Ordinal), "masks without an image in", imagesFolder);
        return
        [
            .. images
                .OrderBy(i => i.Key, StringComparer.Ordinal)
                .Select(i => new ImageMaskPair(i.Key, i.Value, masks[i.Key])),
        ];
    }

    private static Dictionary<string, string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidTrainingDataException(
                $"The folder {folder} does not exist; give the folder with the files."
            );
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Where(p => !Path.GetFileName(p).StartsWith('.')))
        {
            if (!files.TryAdd(Path.GetFileNameWithoutExtension(path), path))
            {
                throw new InvalidTrainingDataException(
                    $"{folder} has two files named {Path.GetFileNameWithoutExtension(path)} that differ in their extension only; keep one."
                );
            }
        }

        return files.Count > 0
            ? files
            : throw new InvalidTrainingDataException($"The folder {folder} is empty; put the images and masks in.");
    }

    private static void Refuse(IEnumerable<string> lonely, string what, string folder)
    {
        var names = lonely.Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
        {
            throw new InvalidTrainingDataException(
                $"There are {names.Count} files {what} {folder}: {string.Join(", ", names.Take(Shown))}"
                    + $"{(names.Count > Shown ? ", ..." : "")}; every image needs a mask of the same name and every mask an image."
            );
        }
    }
}
