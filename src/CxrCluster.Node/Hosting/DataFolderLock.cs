namespace CxrCluster.Node.Hosting;

/// <summary>Keeps a data folder to one process: an open file that nobody else can open, freed by the system if the process dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="NodeStartException">Somebody has it, or the folder cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        string path = Path.Combine(folder, ".lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new DataFolderLock(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new NodeStartException(
                $"The data folder '{folder}' cannot be written. Choose another one with --data, or change its permissions.",
                exception
            );
        }
        catch (IOException exception)
        {
            throw new NodeStartException(
                File.Exists(path)
                    ? $"The data folder '{folder}' is in use by another cxr. Wait for it to end, or choose another folder with --data."
                    : $"The data folder '{folder}' cannot be used ({exception.Message.TrimEnd('.')}). Choose another one with --data.",
                exception
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
