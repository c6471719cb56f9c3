using System.Globalization;
using CxrCluster.Learning.Weights;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Keeps a training's two newest checkpoints in a folder, so that one damaged file costs an epoch and not the training.
/// </summary>
/// <param name="folder">A folder of this training's own; made when the first checkpoint is saved.</param>
/// <param name="warn">Told, in a sentence, of a checkpoint that is passed over because it is damaged.</param>
public sealed class FolderCheckpointStore(string folder, Action<string>? warn = null) : ICheckpointStore
{
    private const int Kept = 2;
    private const string Prefix = "epoch-";
    private const string Suffix = ".checkpoint";

    /// <inheritdoc />
    public Stream? OpenLatest()
    {
        foreach (var path in NewestFirst())
        {
            var file = File.OpenRead(path);
            if (CheckpointFile.IsSound(file))
            {
                file.Position = 0;
                return file;
            }

            file.Dispose();
            warn?.Invoke($"The checkpoint {path} is damaged; the one before it is used, if there is one.");
        }

        return null;
    }

    /// <inheritdoc />
    public void Save(int epoch, Action<Stream> write)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(
            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{epoch:000000}{Suffix}")),
            write
        );
        foreach (var old in NewestFirst().Skip(Kept))
        {
            File.Delete(old);
        }
    }

    /// <inheritdoc />
    public void Clear()
    {
        foreach (var path in NewestFirst())
        {
            File.Delete(path);
        }

        // What a killed process left half-written, and then the folder, unless somebody keeps something else there.
        if (Directory.Exists(folder))
        {
            foreach (var half in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}.*.tmp"))
            {
                File.Delete(half);
            }

            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    private List<string> NewestFirst() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, $"{Prefix}*{Suffix}")
                    .OrderByDescending(Path.GetFileName, StringComparer.Ordinal),
            ]
            : [];
}
