using System.Diagnostics;
using System.Runtime.InteropServices;
using CxrCluster.Dicom.Decoder.Protocol;

namespace CxrCluster.Dicom.Decoding;

/// <summary>How a decoder child is started.</summary>
internal static class DecoderProgram
{
    private const string Library = "CxrCluster.Dicom.Decoder.dll";

    // What the runtime may allocate: a frame, and its file, with room.
    private const string HeapLimit = "0x30000000";

    /// <summary>
    /// The decoder beside this program, on this program's runtime. Its environment is empty but for the runtime's settings:
    /// no password or token of this process is handed down.
    /// </summary>
    public static ProcessStartInfo StartInfo(DecoderOptions options)
    {
        var start = new ProcessStartInfo(FindHost())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // no file and no socket in the temporary folder
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // half the time to start; no code is written after it
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, Library));
        var limits = new DecoderLimits(
            options.MemoryBytes,
            options.CpuSeconds,
            (int)Math.Ceiling(options.ImageTimeout.TotalSeconds) + 1,
            options.Descriptors
        );
        foreach (var argument in limits.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(options.GdcmFolder);
        return start;
    }

    /// <summary>The program "dotnet" that this process runs on; the one on the PATH for a self-contained program.</summary>
    private static string FindHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // .../dotnet/shared/Microsoft.NETCore.App/10.0.x/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, name);
        return File.Exists(host) ? host : name;
    }
}
