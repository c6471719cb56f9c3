using System.Text.Json;
using CxrCluster.Cli.Tests.Scoring;

namespace CxrCluster.Cli.Tests.Serving;

/// <summary>`cxr serve` in this process, on a free port.</summary>
internal sealed class LiveNode : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LineCounter _output;
    private readonly StringWriter _error = new();
    private readonly Task<int> _running;

    private LiveNode()
    {
        _output = new LineCounter(_ => _announced.TrySetResult());
        _running = RunAsync();
    }

    /// <summary>What a client needs: CXR_URL and CXR_TOKEN.</summary>
    public Dictionary<string, string> Variables
    {
        get
        {
            JsonElement line = JsonElement.Parse(_output.Lines[0]);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CXR_URL"] = line.GetProperty("url").GetString()!,
                ["CXR_TOKEN"] = line.GetProperty("token").GetString()!,
            };
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<LiveNode> StartAsync()
    {
        var node = new LiveNode();
        await Task.WhenAny(node._announced.Task, node._running);
        return node._announced.Task.IsCompleted
            ? node
            : throw new InvalidOperationException($"The node ended with {await node._running}: {node._error}");
    }

    /// <summary>Ctrl-C; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _running;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _output.Dispose();
        _error.Dispose();
        _folder.Dispose();
    }

    private async Task<int> RunAsync()
    {
        await File.WriteAllTextAsync(
            _folder["node.json"],
            """{ "Node": { "Url": "http://127.0.0.1:0" }, "Logging": { "LogLevel": { "Default": "Error" } } }"""
        );
        string[] arguments = ["serve", "--config", _folder["node.json"], "--data", _folder["data"], "--json"];
        return await Cxr.RunAsync(_output, _error, [], _stop.Token, arguments);
    }
}
