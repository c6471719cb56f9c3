using System.Runtime.InteropServices;

namespace CxrCluster.Grains.Maps;

/// <summary>Long computations that must not take a core from anybody: one thread of the lowest priority.</summary>
internal static class QuietThread
{
    /// <summary>Runs the work on a thread of its own.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            // .NET's priorities do nothing on Linux. There a nice value is the calling thread's own; when it is refused, the
            // work is merely less polite.
            if (OperatingSystem.IsLinux())
                _ = NativeMethods.SetPriority(NativeMethods.Process, 0, NativeMethods.Nicest);
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = name,
            Priority = ThreadPriority.Lowest,
        };
        thread.Start();
        return done.Task;
    }

    private static class NativeMethods
    {
        public const int Process = 0;
        public const int Nicest = 19;

        [DllImport("libc", EntryPoint = "setpriority")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetPriority(int which, uint who, int value);
    }
}
