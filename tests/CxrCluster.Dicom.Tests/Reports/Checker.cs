using System.Diagnostics;

namespace CxrCluster.Dicom.Tests.Reports;

/// <summary>Runs the independent DICOM programs over a file; the test is skipped, and says so, where they are missing.</summary>
internal static class Checker
{
    /// <summary>Everything that the program printed, both streams, and its exit code.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, byte[] file, params string[] arguments)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(p => File.Exists(Path.Combine(p, program))),
            $"{program} is not installed: run eng/setup.sh --oracles"
        );
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
            ProcessStartInfo start = new(program, [.. arguments, path])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + errors);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
