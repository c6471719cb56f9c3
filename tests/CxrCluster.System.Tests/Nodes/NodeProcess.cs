using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CxrCluster.System.Tests.Nodes;

/// <summary>A node of its own process, as an operator starts it: <c>cxr serve</c>, configured by environment variables.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _log = [];

    private NodeProcess(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Where its HTTP side listens.</summary>
    public string Url { get; }

    /// <summary>What it wrote so far, for a failing test's message.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Starts it and waits until it lives.</summary>
    public static async Task<NodeProcess> StartAsync(
        string name,
        string roles,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken
    )
    {
        string url = $"http://127.0.0.1:{FreePort()}";
        string program = Path.Combine(AppContext.BaseDirectory, "cxr.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--roles", roles])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CXR_Node__Name"] = name;
        start.Environment["CXR_Node__Url"] = url;
        foreach ((string key, string value) in settings)
            start.Environment["CXR_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var node = new NodeProcess(Process.Start(start)!, url);
        node._process.OutputDataReceived += (_, e) => node.Remember(e.Data);
        node._process.ErrorDataReceived += (_, e) => node.Remember(e.Data);
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        await node.WaitUntilLiveAsync(cancellationToken);
        return node;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it politely (SIGTERM); by force if it does not listen.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(StopPatience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }
        _process.Dispose();
    }

    private async Task WaitUntilLiveAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException(
                    $"The node ended with {_process.ExitCode} instead of serving:\n{Log}"
                );
            try
            {
                using HttpResponseMessage response = await client.GetAsync("/health/live", limit.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }
    }

    private void Remember(string? line)
    {
        if (line is not null)
            lock (_log)
                _log.Add(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
