using CxrCluster.Cli.Tests.Serving;

namespace CxrCluster.Cli.Tests.Remote;

public sealed class RemoteCommandTests(TinyBundle bundle)
{
    [Fact]
    public async Task Remote_ModelsAndJobs_AreHandledOverTheApi()
    {
        await using LiveNode node = await LiveNode.StartAsync();
        Task<CliResult> Run(params string[] args) => Cxr.RunAsync(node.Variables, args);

        CliResult empty = await Run("model", "list", "--json");
        CliResult pushed = await Run("model", "push", bundle.Path, "--json");
        string model = pushed.Json[0].GetProperty("id").GetString()!;
        CliResult activated = await Run("model", "activate", model);
        CliResult models = await Run("model", "list", "--json");
        await AdmitAsync(node, 3);
        CliResult job = await Run("job", "submit", "--hospital", "north", "--watch", "--json");
        string id = job.Json[0].GetProperty("id").GetString()!;
        CliResult jobs = await Run("job", "list", "--json");
        CliResult shown = await Run("job", "show", id);
        CliResult retried = await Run("job", "retry", id, "--json");
        CliResult cancelled = await Run("job", "cancel", id, "--json");
        CliResult unknown = await Run("job", "show", "no-such-job");

        Assert.Empty(empty.Output);
        Assert.Equal(0, pushed.ExitCode);
        Assert.Equal([$"{model} is active"], activated.Lines);
        Assert.True(models.Json[0].GetProperty("active").GetBoolean());
        Assert.Equal(0, job.ExitCode);
        Assert.Equal("done", job.Json[0].GetProperty("state").GetString());
        Assert.Equal(3, job.Json[0].GetProperty("scored").GetInt32());
        Assert.Equal(id, jobs.Json[0].GetProperty("id").GetString());
        Assert.Contains("north", shown.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (retried.ExitCode, cancelled.ExitCode));
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("no-such-job", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remote_WrongToken_SaysWhereTheRightOneIs()
    {
        await using LiveNode node = await LiveNode.StartAsync();
        Dictionary<string, string> variables = node.Variables;
        variables["CXR_TOKEN"] = "another-token-altogether";

        CliResult result = await Cxr.RunAsync(variables, "job", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CXR_TOKEN", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remote_ClusterThatIsNotThere_ExitsWithFour()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CXR_TOKEN"] = "some-token-or-other",
        };

        CliResult result = await Cxr.RunAsync(variables, "job", "list", "--url", "http://127.0.0.1:1");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("http://127.0.0.1:1/ cannot be reached", result.Error, StringComparison.Ordinal);
    }

    private static async Task AdmitAsync(LiveNode node, int count)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node.Variables["CXR_URL"]) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", node.Variables["CXR_TOKEN"]);
        using var form = new MultipartFormDataContent { { new StringContent("north"), "hospital" } };
        for (int i = 0; i < count; i++)
            form.Add(new ByteArrayContent(TestImages.Png(i)), "file", $"img-{i}.png");
        using HttpResponseMessage response = await http.PostAsync(
            "/api/v1/images",
            form,
            TestContext.Current.CancellationToken
        );
        response.EnsureSuccessStatusCode();
    }
}
