using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Images;

/// <summary>Files that commands write.</summary>
internal static class OutputFile
{
    /// <summary>Refuses to write a result over its own input.</summary>
    public static void Refuse(string input, string output)
    {
        if (string.Equals(Path.GetFullPath(input), Path.GetFullPath(output), StringComparison.Ordinal))
            throw CommandException.WrongUsage($"--out {output} is the input itself: name another file.");
    }

    /// <summary>Makes the folder of a file to be written, and refuses a folder in the file's place.</summary>
    public static void MakeRoom(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw CommandException.WrongUsage($"--out {path} is a folder: name a file.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
    }

    /// <summary>Writes the file whole or not at all, and makes its folder.</summary>
    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        MakeRoom(path);
        string full = Path.GetFullPath(path);
        string arriving = $"{full}.{Guid.NewGuid():N}";
        try
        {
            await File.WriteAllBytesAsync(arriving, content, cancellationToken);
            File.Move(arriving, full, overwrite: true);
        }
        finally
        {
            File.Delete(arriving); // no error when it has been moved
        }
    }
}
