using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Inference;

/// <summary>Maps "cpu" and "cuda:N" to the library's device. CUDA is configuration only: it was never run by the authors.</summary>
internal static class TorchDevice
{
    private const string CudaPrefix = "cuda:";

    /// <summary>One sentence when the text names no device; null when it does.</summary>
    public static string? Problem(string device) =>
        TryOrdinal(device, out _) ? null : $"Device '{device}' is unknown: use cpu or cuda:N, for instance cuda:0.";

    /// <exception cref="ArgumentException">The text names no device, or the machine lacks it.</exception>
    public static Device Parse(string device)
    {
        if (!TryOrdinal(device, out int? ordinal))
            throw new ArgumentException(Problem(device), nameof(device));
        if (ordinal is not { } index)
            return CPU;
        return cuda.is_available() && index < cuda.device_count()
            ? new Device(DeviceType.CUDA, index)
            : throw new ArgumentException(
                $"Device '{device}' is not on this machine: use cpu, or build with -p:TorchBackend=cuda where the driver is.",
                nameof(device)
            );
    }

    private static bool TryOrdinal([NotNullWhen(true)] string? device, out int? ordinal)
    {
        ordinal = null;
        if (device == "cpu")
            return true;
        if (
            device is null
            || !device.StartsWith(CudaPrefix, StringComparison.Ordinal)
            || !int.TryParse(
                device.AsSpan(CudaPrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int index
            )
        )
            return false;
        ordinal = index;
        return true;
    }
}
