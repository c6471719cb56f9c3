using System.Diagnostics;
using System.Text.Json;
using CxrCluster.Node.Hosting;
using CxrCluster.System.Tests.Nodes;

namespace CxrCluster.System.Tests.Pacs;

/// <summary>Real Orthancs, a real node that dies twice, and a PACS that is gone for a while.</summary>
public sealed class FourHospitalsTests(ITestOutputHelper output) : IDisposable
{
    private const string Roles = "gateway,preprocess,inference,index,jobs";

    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-pacs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Studies per hospital.</summary>
    private static int Studies => Environment.GetEnvironmentVariable("CXR_SOAK") == "1" ? 150 : 12;

    [Fact]
    public async Task Job_NodeKilledTwiceAndAPacsGoneOnTheWay_EveryInstanceInExactlyOneFinalState()
    {
        Assert.SkipUnless(OrthancSet.IsInstalled, "Orthanc or dcmtk absent: run eng/setup.sh");
        DicomCohort truth = await DicomCohort.WriteAsync(_folder, Studies, Token);
        await using OrthancSet pacs = await OrthancSet.StartAsync(Path.Combine(_folder, "pacs"));
        await pacs.LoadAsync(truth.Folder);
        Dictionary<string, string> settings = Settings(pacs);
        var clock = Stopwatch.StartNew();

        NodeProcess node = await NodeProcess.StartAsync("one", Roles, settings, Token);
        try
        {
            string job;
            using (var api = new ApiClient(node.Url, ProductionCluster.Token))
            {
                await api.PushModelAsync(RandomModel.Write(Path.Combine(_folder, "bundle")).Folder, Token);
                foreach (string hospital in OrthancSet.Hospitals)
                    await CxrAsync(node, AddArguments(hospital, pacs));
                Assert.Equal(4, (await CxrAsync(node, "pacs", "check")).Split(": it answers").Length - 1);
                clock.Restart();
                job = (
                    await CxrAsync(
                        node,
                        "job",
                        "submit",
                        "--hospital",
                        "all",
                        "--from",
                        "2020-03-01",
                        "--to",
                        "2020-12-31"
                    )
                ).Trim();
            }

            node = await KillAtAsync(node, job, 0.3, settings);
            await pacs.KillAsync("east");
            node = await KillAtAsync(node, job, 0.6, settings);
            await pacs.StartAgainAsync("east");
            using var last = new ApiClient(node.Url, ProductionCluster.Token);
            JsonElement done = await WaitAsync(node, last, job, j => j.GetProperty("state").GetString() == "done");
            output.WriteLine($"{4 * Studies} instances, two kills and one outage: {clock.Elapsed.TotalSeconds:0} s");

            IReadOnlyList<JsonElement> results = await last.ResultsAsync(job, Token);
            Assert.Equal(results.Count, results.Select(Key).Distinct().Count());
            foreach (string hospital in OrthancSet.Hospitals)
            {
                JsonElement part = done.GetProperty("hospitals")
                    .EnumerateArray()
                    .Single(h => h.GetProperty("hospital").GetString() == hospital);
                output.WriteLine(part.GetRawText());
                (int scored, int excluded, int failed) = (Of(part, "scored"), Of(part, "excluded"), Of(part, "failed"));
                Assert.Equal(truth.Count(hospital), Of(part, "total"));
                Assert.Equal(truth.Count(hospital), scored + excluded + failed);
                Assert.Equal(truth.Count(hospital, "hostile"), failed);
                Assert.InRange(excluded, truth.Count(hospital, "lateral"), truth.Count(hospital) / 2);
                Assert.Equal(
                    truth.Count(hospital),
                    results.Count(r => r.GetProperty("hospital").GetString() == hospital)
                );
                Assert.Equal(truth.Count(hospital), Of(part.GetProperty("pacs"), "fetched"));
            }
            foreach (JsonElement source in (await last.GetAsync("pacs", Token)).EnumerateArray())
            {
                JsonElement states = source.GetProperty("instances");
                Assert.Equal((0, 0, 0), (Of(states, "seen"), Of(states, "fetched"), Of(states, "failed")));
            }

            await NewStudyAsync(node, pacs, last, clock);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.WriteLine(node.Log);
            throw;
        }
        finally
        {
            await node.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string?, string?) Key(JsonElement result) =>
        (result.GetProperty("hospital").GetString(), result.GetProperty("uid").GetString());

    private static int Of(JsonElement counts, string name) => counts.GetProperty(name).GetInt32();

    private static int Scored(JsonElement sources, string hospital) =>
        Of(
            sources
                .EnumerateArray()
                .Single(s => s.GetProperty("hospital").GetString() == hospital)
                .GetProperty("instances"),
            "scored"
        );

    private static async Task<JsonElement> WaitAsync(
        NodeProcess node,
        ApiClient api,
        string job,
        Func<JsonElement, bool> condition
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(5 * Studies));
        try
        {
            return await api.WaitForJobAsync(job, condition, limit.Token);
        }
        catch (OperationCanceledException exception) when (!Token.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The job did not get there: {await CxrAsync(node, "job", "show", job)}\n{node.Log}",
                exception
            );
        }
    }

    private static string[] AddArguments(string hospital, OrthancSet pacs)
    {
        string secret = Path.Combine(pacs.Secrets, hospital);
        string[] add = ["pacs", "add", hospital, "--dicomweb", pacs.UrlOf(hospital)];
        return File.Exists(secret) ? [.. add, "--user", "scorer", "--password-from", "file:" + secret] : add;
    }

    private static Task<string> CxrAsync(NodeProcess node, params string[] arguments) =>
        Command.RunAsync(
            "dotnet",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CXR_URL"] = node.Url,
                ["CXR_TOKEN"] = ProductionCluster.Token,
            },
            [Path.Combine(AppContext.BaseDirectory, "cxr.dll"), .. arguments]
        );

    /// <summary>kill -9 when this share of the job is final; another process goes on over the same folder.</summary>
    private static async Task<NodeProcess> KillAtAsync(
        NodeProcess node,
        string job,
        double share,
        IReadOnlyDictionary<string, string> settings
    )
    {
        using (var api = new ApiClient(node.Url, ProductionCluster.Token))
            await WaitAsync(node, api, job, j => Of(j, "finished") >= share * 4 * Studies);
        await node.KillAsync();
        await node.DisposeAsync();
        return await NodeProcess.StartAsync("one", Roles, settings, Token);
    }

    /// <summary>A study that arrives while nothing goes on: the webhook's hint brings it in.</summary>
    private async Task NewStudyAsync(NodeProcess node, OrthancSet pacs, ApiClient api, Stopwatch clock)
    {
        DicomCohort more = await DicomCohort.WriteAsync(Path.Combine(_folder, "more"), 1, Token);
        string file = Directory.GetFiles(Path.Combine(more.Folder, "north")).Single();
        string study = "2.25.7001";
        await Command.RunAsync(
            "dcmodify",
            null,
            "-nb",
            "-m",
            "(0020,000d)=" + study,
            "-m",
            "(0020,000e)=2.25.7002",
            "-m",
            "(0008,0018)=2.25.7003",
            file
        );
        foreach (string other in OrthancSet.Hospitals.Where(h => h != "north"))
            Directory.Delete(Path.Combine(more.Folder, other), recursive: true);
        int before = Scored(await api.GetAsync("pacs", Token), "north");
        await pacs.LoadAsync(more.Folder);
        clock.Restart();
        await api.PostJsonAsync("hospitals/north/pacs:notify", new { study, urgent = true }, Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Scored(await api.GetAsync("pacs", limit.Token), "north") == before)
            await timer.WaitForNextTickAsync(limit.Token);
        output.WriteLine($"A new study, from the hint to its score: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Contains(
            "2.25.7003",
            await api.GetTextAsync("studies?hospital=north&limit=500", Token),
            StringComparison.Ordinal
        );
    }

    private Dictionary<string, string> Settings(OrthancSet pacs)
    {
        var settings = EmbeddedSetup
            .Configuration(Path.Combine(_folder, "node"))
            .ToDictionary(s => s.Key, s => s.Value!, StringComparer.Ordinal);
        settings.Remove("Node:Name");
        settings["Privacy:PseudonymKey"] = Convert.ToBase64String(new byte[32]);
        settings["Gateway:Token"] = ProductionCluster.Token;
        settings["Gateway:PacsSecretFolder"] = pacs.Secrets;
        settings["Pacs:AutoScore"] = "false";
        settings["Pacs:SettleAfter"] = "00:00:02";
        return settings;
    }
}
