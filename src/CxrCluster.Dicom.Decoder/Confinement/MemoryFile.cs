using System.Runtime.InteropServices;

namespace CxrCluster.Dicom.Decoder.Confinement;

/// <summary>
/// A file that exists in memory only, sealed against every change: GDCM reads paths, and this one never touches a disk and
/// is gone with the process, however it ends.
/// </summary>
internal sealed unsafe class MemoryFile : IDisposable
{
    private const uint CloseOnExecute = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int AgainstSealsShrinkingGrowingWriting = 1 | 2 | 4 | 8;

    private readonly int _descriptor;

    /// <summary>Copies the bytes into a new file.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public MemoryFile(ReadOnlySpan<byte> content)
    {
        _descriptor = LibC.CreateMemoryFile("image", CloseOnExecute | AllowSealing);
        if (_descriptor < 0)
        {
            throw new IOException($"memfd_create failed with error {Marshal.GetLastPInvokeError()}.");
        }

        fixed (byte* bytes = content)
        {
            for (nint written = 0; written < content.Length; )
            {
                var count = LibC.Write(_descriptor, bytes + written, content.Length - written);
                if (count <= 0)
                {
                    var error = Marshal.GetLastPInvokeError();
                    Dispose();
                    throw new IOException($"Writing {content.Length} bytes to memory failed with error {error}.");
                }

                written += count;
            }
        }

        _ = LibC.Control(_descriptor, AddSeals, AgainstSealsShrinkingGrowingWriting);
    }

    /// <summary>A path that opens it.</summary>
    public string Path => $"/proc/self/fd/{_descriptor}";

    /// <inheritdoc />
    public void Dispose() => _ = LibC.Close(_descriptor);
}
