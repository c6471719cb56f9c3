using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CxrCluster.Dicom.Decoder.Protocol;

namespace CxrCluster.Dicom.Decoder.Confinement;

/// <summary>Binds this process by setrlimit, which needs no privilege and no tool.</summary>
internal sealed class ResourceLimits(DecoderLimits limits)
{
    private const int Cpu = 0;
    private const int Core = 4;
    private const int Descriptors = 7;
    private const int AddressSpace = 9;
    private const ulong Unlimited = ulong.MaxValue;

    /// <summary>Memory, descriptors, no core dumps: for good.</summary>
    public void Apply()
    {
        // The runtime has reserved gigabytes of addresses that it will never fill: the limit is for what is added.
        var reserved = ulong.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture);
        var memory = (reserved * (ulong)Environment.SystemPageSize) + (ulong)limits.MemoryBytes;
        Set(AddressSpace, memory, memory);
        Set(Descriptors, (ulong)limits.Descriptors, (ulong)limits.Descriptors);
        Set(Core, 0, 0);
    }

    /// <summary>Allows the next image its processor time: SIGXCPU ends the process beyond it.</summary>
    public void StartImage()
    {
        using var self = Process.GetCurrentProcess();
        var used = (ulong)Math.Ceiling(self.TotalProcessorTime.TotalSeconds);
        Set(Cpu, used + (ulong)limits.CpuSeconds, Unlimited);
    }

    private static void Set(int resource, ulong soft, ulong hard)
    {
        if (LibC.SetLimit(resource, new LibC.ResourceLimit(soft, hard)) != 0)
        {
            throw new InvalidOperationException(
                $"setrlimit({resource}, {soft}) failed with error {Marshal.GetLastPInvokeError()}; run the decoder with laxer limits."
            );
        }
    }
}
