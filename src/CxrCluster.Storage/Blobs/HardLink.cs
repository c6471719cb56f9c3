using System.Runtime.InteropServices;

namespace CxrCluster.Storage.Blobs;

/// <summary>Gives a file a second name unless that name is taken: the one way to be first that every Unix file system decides
/// atomically. (File.Move without overwriting looks first and renames then: two may both succeed.)</summary>
internal static partial class HardLink
{
    private const int NameTaken = 17; // EEXIST, on Linux and macOS

    /// <returns>False when the name is taken.</returns>
    /// <exception cref="IOException">The file system knows no hard links, or refuses.</exception>
    public static bool TryCreate(string existing, string name)
    {
        if (OperatingSystem.IsWindows())
            return TryMoveOnWindows(existing, name);
        if (Link(existing, name) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == NameTaken
            ? false
            : throw new IOException($"No hard link {name} can be made: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    private static bool TryMoveOnWindows(string existing, string name)
    {
        try
        {
            File.Move(existing, name);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);
}
