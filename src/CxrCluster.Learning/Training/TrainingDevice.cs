using System.Text.RegularExpressions;
using TorchSharp;

namespace CxrCluster.Learning.Training;

/// <summary>Where a training computes, and with how many threads.</summary>
internal static partial class TrainingDevice
{
    public static bool IsName(string name) => Pattern().IsMatch(name);

    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    public static torch.Device Open(string name)
    {
        var device = torch.device(name);
        if (
            device.type == DeviceType.CUDA
            && device.index >= (torch.cuda.is_available() ? torch.cuda.device_count() : 0)
        )
        {
            throw new InvalidOperationException(
                $"There is no device {name} here; use --device cpu, or a build with -p:TorchBackend=cuda on a machine with that GPU."
            );
        }

        return device;
    }

    /// <summary>Sets the calling thread's number of computing threads until the returned object is disposed.</summary>
    public static IDisposable UseThreads(int? threads) => new ThreadSetting(threads);

    [GeneratedRegex("^(cpu|cuda:[0-9]{1,2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();

    private sealed class ThreadSetting : IDisposable
    {
        private readonly int _before = torch.get_num_threads();

        public ThreadSetting(int? threads)
        {
            if (threads is { } count)
            {
                torch.set_num_threads(count);
            }
        }

        public void Dispose() => torch.set_num_threads(_before);
    }
}
