using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CxrCluster.Dicom.Decoder.Confinement;

/// <summary>
/// The pool's two pipes on descriptors of their own. Codecs print: GDCM's JPEG to standard output, libjpeg to standard error.
/// From here on those lead nowhere, and reading standard input gives nothing.
/// </summary>
internal static class ProtocolStreams
{
    private const int DuplicateCloseOnExecute = 1030;
    private const int FirstFree = 10;

    /// <summary>Takes over descriptors 0 and 1.</summary>
    public static (FileStream Input, FileStream Output) Take()
    {
        var input = Own(0, FileAccess.Read);
        var output = Own(1, FileAccess.Write);
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        foreach (var standard in (ReadOnlySpan<int>)[0, 1, 2])
        {
            _ = LibC.Duplicate((int)nowhere.DangerousGetHandle(), standard);
        }

        return (input, output);
    }

    private static FileStream Own(int descriptor, FileAccess access)
    {
        var copy = LibC.Control(descriptor, DuplicateCloseOnExecute, FirstFree);
        return copy < 0
            ? throw new IOException($"fcntl failed with error {Marshal.GetLastPInvokeError()}.")
            : new FileStream(new SafeFileHandle(copy, ownsHandle: true), access, bufferSize: 0);
    }
}
