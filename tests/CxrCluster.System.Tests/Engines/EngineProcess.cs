using System.Diagnostics;

namespace CxrCluster.System.Tests.Engines;

/// <summary>A Redis, PostgreSQL or Azurite of our own on a free loopback port, started by eng/services.sh.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly string _folder;

    private EngineProcess(string folder, string address)
    {
        _folder = folder;
        Address = address;
    }

    /// <summary>Connection string.</summary>
    public string Address { get; }

    /// <param name="engine">"redis", "postgres" or "azurite".</param>
    /// <param name="parent">Its data lie in a folder of its name in here.</param>
    public static async Task<EngineProcess> StartAsync(string engine, string parent)
    {
        string folder = Path.Combine(parent, engine);
        string output = await RunAsync("start", engine, folder);
        string line = output
            .Split('\n')
            .First(l => l.StartsWith(engine.ToUpperInvariant() + "=", StringComparison.Ordinal));
        return new EngineProcess(folder, line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('\''));
    }

    public async ValueTask DisposeAsync() => await RunAsync("stop", _folder);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "eng", "services.sh"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"eng/services.sh {string.Join(' ', arguments)} failed: {await errors}. Run eng/setup.sh and try again."
            );
    }
}
