namespace CxrCluster.Cli.Tests.Serving;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_UntilCtrlC_AnswersAndEndsWithZero()
    {
        await using LiveNode node = await LiveNode.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(node.Variables["CXR_URL"]) };

        using HttpResponseMessage live = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        int code = await node.StopAsync();

        Assert.True(live.IsSuccessStatusCode);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("{ not json", "is not JSON")]
    [InlineData("""{ "Node": { "Url": "nowhere" } }""", "Node:Url 'nowhere'")]
    [InlineData("""{ "Scoring": { "Window": 0 } }""", "Scoring:Window")]
    public async Task Serve_WrongConfiguration_IsRefusedWithASentence(string json, string sentence)
    {
        await File.WriteAllTextAsync(_folder["node.json"], json, TestContext.Current.CancellationToken);

        CliResult result = await Cxr.RunAsync("serve", "--config", _folder["node.json"], "--data", _folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Serve_UnknownRole_IsRefusedNamingTheRoles()
    {
        CliResult result = await Cxr.RunAsync("serve", "--roles", "gateway,cook", "--data", _folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'cook'", result.Error, StringComparison.Ordinal);
    }
}
