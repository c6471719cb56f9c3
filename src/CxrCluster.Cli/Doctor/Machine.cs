using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CxrCluster.Learning.Inference;
using TorchSharp;

namespace CxrCluster.Cli.Doctor;

/// <summary>Looks at processor, devices, memory and disk.</summary>
internal static class Machine
{
    private const long Gib = 1L << 30;
    private const long EnoughMemory = 4 * Gib;
    private const long EnoughDisk = 5 * Gib;

    /// <summary>Instructions that inference can use.</summary>
    public static CheckResult Processor()
    {
        string found = $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}";
        if (!Avx2.IsSupported)
            return CheckResult.Warn(
                "processor",
                $"{found}, without AVX2: inference is several times slower. Use a newer machine."
            );
        return PrecisionChoice.CpuHasBFloat16
            ? CheckResult.Ok("processor", $"{found}, AVX2, bfloat16: precision auto computes in bfloat16")
            : CheckResult.Ok("processor", $"{found}, AVX2, no bfloat16: precision auto computes in float32");
    }

    /// <summary>Devices that a slot can be on.</summary>
    public static CheckResult Devices()
    {
        try
        {
            return torch.cuda.is_available()
                ? CheckResult.Ok("devices", $"cpu, and cuda:0 to cuda:{torch.cuda.device_count() - 1}")
                : CheckResult.Ok(
                    "devices",
                    "cpu; no CUDA device (a build with -p:TorchBackend=cuda is needed for one)"
                );
        }
        catch (Exception exception)
        {
            return CheckResult.Fail(
                "devices",
                $"{exception.GetBaseException().Message.TrimEnd('.')}. See the line on libtorch."
            );
        }
    }

    /// <summary>Memory that the system can give.</summary>
    public static CheckResult Memory()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long free = Math.Min(limit, AvailableBytes() ?? limit);
        string found = $"{Text(free)} free of {Text(limit)}";
        return free >= EnoughMemory
            ? CheckResult.Ok("memory", found)
            : CheckResult.Warn(
                "memory",
                $"{found}: training needs about {Text(EnoughMemory)}. Close programs or raise the limit."
            );
    }

    /// <summary>Room where the data go.</summary>
    /// <param name="folder">A folder that exists.</param>
    public static CheckResult Disk(string folder)
    {
        long free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        return free >= EnoughDisk
            ? CheckResult.Ok("disk", $"{Text(free)} free at {folder}")
            : CheckResult.Warn(
                "disk",
                $"{Text(free)} free at {folder}: images and models need more. Free some, or use --data."
            );
    }

    /// <summary>What Linux counts as available, caches included; null elsewhere.</summary>
    private static long? AvailableBytes()
    {
        const string file = "/proc/meminfo";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal))
            : null;
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private static string Text(long bytes) => $"{(double)bytes / Gib:0.0} GiB";
}
