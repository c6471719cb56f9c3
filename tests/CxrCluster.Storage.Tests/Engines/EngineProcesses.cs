using System.Diagnostics;

[assembly: AssemblyFixture(typeof(CxrCluster.Storage.Tests.Engines.EngineProcesses))]

namespace CxrCluster.Storage.Tests.Engines;

/// <summary>The engines of this test run: those that the environment names, or private ones that eng/services.sh starts.</summary>
public sealed class EngineProcesses : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-engines-").FullName;
    private readonly Lazy<Task<Engine>> _postgres;
    private readonly Lazy<Task<Engine>> _azurite;

    public EngineProcesses()
    {
        _postgres = new(() => FindAsync("postgres", "POSTGRES", "CXR_TEST_POSTGRES"));
        _azurite = new(() => FindAsync("azurite", "AZURITE", "CXR_TEST_AZURITE"));
        if (!OperatingSystem.IsWindows()) // PostgreSQL runs as another user, who must get in
            File.SetUnixFileMode(
                _folder,
                File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead
            );
    }

    public Task<Engine> PostgresAsync() => _postgres.Value;

    public Task<Engine> AzuriteAsync() => _azurite.Value;

    public async ValueTask DisposeAsync()
    {
        if (!OperatingSystem.IsWindows())
            await RunAsync("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Engine> FindAsync(string name, string key, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return new Engine(given, null);
        if (OperatingSystem.IsWindows())
            return new Engine(null, $"{name} absent: set {variable} to a connection string.");
        (string output, string errors) = await RunAsync("start", name, _folder);
        string? line = output.Split('\n').FirstOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal));
        return line is null
            ? new Engine(null, $"{name} absent: run eng/setup.sh, or set {variable}. {errors.Trim()}")
            : new Engine(line[(key.Length + 1)..], null);
    }

    private static async Task<(string Output, string Errors)> RunAsync(params string[] arguments)
    {
        string services = Path.Combine(RepositoryRoot(), "eng", "services.sh");
        using Process process = Process.Start(
            new ProcessStartInfo("bash", [services, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, await errors);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrCluster.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
