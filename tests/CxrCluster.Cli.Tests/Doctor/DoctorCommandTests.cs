using System.Text.Json;

namespace CxrCluster.Cli.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_OnThisMachine_FindsWhatTheTestsNeed()
    {
        CliResult result = await Cxr.RunAsync("doctor", "--data", _folder["data"], "--json");

        string[] checks =
        [
            "libtorch",
            "OpenCV",
            "plots",
            "decoder",
            "processor",
            "devices",
            "memory",
            "storage",
            "disk",
            "cluster",
        ];
        Assert.Equal(checks, result.Json.Select(l => l.GetProperty("check").GetString()));
        Assert.All(result.Json, l => Assert.NotEqual("fail", l.GetProperty("status").GetString()));
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root)); // nothing is left behind
    }

    [Fact]
    public async Task Doctor_EnginesThatDoNotAnswer_AreNamed()
    {
        await File.WriteAllTextAsync(
            _folder["node.json"],
            """
            { "Cluster": { "Provider": "Redis", "ConnectionString": "127.0.0.1:1,connectTimeout=200,connectRetry=0" } }
            """,
            TestContext.Current.CancellationToken
        );

        CliResult result = await Cxr.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["CXR_URL"] = "http://127.0.0.1:1" },
            "doctor",
            "--data",
            _folder["data"],
            "--config",
            _folder["node.json"],
            "--json"
        );

        Assert.Equal(1, result.ExitCode);
        JsonElement[] failed = [.. result.Json.Where(l => l.GetProperty("status").GetString() == "fail")];
        Assert.Equal(["cluster", "gateway"], failed.Select(l => l.GetProperty("check").GetString()));
    }
}
