using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Grains.Maps;

namespace CxrCluster.Gateway.Tests.Maps;

/// <summary>A gateway of hospital "north"; "south" shares scores, "closed" shares nothing.</summary>
public sealed class MapTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Received = new(2020, 4, 1, 8, 0, 0, TimeSpan.Zero);

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(new GatewayOptions { Reader = "north" });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Map_NotMadeYet_Problem404SaysWhenItWillBe()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/map");
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("role jobs", problem.Detail());
    }

    [Fact]
    public async Task Map_ReaderOfOneHospital_OwnInFullOthersUnderPseudonymsTheRestNotAtAll()
    {
        await WriteAsync();
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/map");
        JsonElement map = await reply.ShouldBeJsonAsync();

        Assert.Equal(30, map.GetProperty("embeddings").GetInt32());
        Assert.Equal(4, map.GetProperty("sample").GetInt32());
        Assert.Equal(["closed"], map.GetProperty("withheld").EnumerateArray().Select(h => h.GetString()));
        List<JsonElement> points = [.. map.GetProperty("points").EnumerateArray()];
        Assert.Equal(["north", "north", "south", "south"], points.Select(p => p.GetProperty("hospital").GetString()));
        Assert.Equal("1.2.3.1.0", points[0].GetProperty("uid").GetString());
        Assert.Equal("patient-north-0", points[0].GetProperty("patientId").GetString());
        Assert.Equal(Received, points[0].GetProperty("takenAt").GetDateTimeOffset());
        Assert.True(points[0].GetProperty("open").GetBoolean());

        string others = string.Concat(points[2..]);
        Assert.All(points[2..], p => Assert.False(p.GetProperty("open").GetBoolean()));
        Assert.All(points[2..], p => Assert.Equal(JsonValueKind.Null, p.GetProperty("takenAt").ValueKind));
        foreach (string secret in (string[])["patient-south", "name-south", "\"1.2.3.2", "2020-"])
            Assert.DoesNotContain(secret, others);
        Assert.DoesNotContain("closed-", map.ToString());
        Assert.Contains(await _gateway.AuditAsync(), row => row.Action == "view-map");
    }

    [Fact]
    public async Task MapPage_CountsByHospitalAndClass()
    {
        await WriteAsync();
        using HttpClient browser = await _gateway.SignInAsync();
        string page = await browser.GetStringAsync("/map");
        Assert.Contains("4 of 30 embeddings", page);
        Assert.Contains("""<th scope="row" data-label="Hospital">south</th>""", page);
        Assert.Contains("""<td data-label="Positive" class="number">1</td>""", page);
        Assert.Contains("Without closed", page);
        Assert.DoesNotContain("patient-", page);
    }

    private Task WriteAsync() =>
        _gateway
            .Get<EmbeddingMaps>()
            .WriteAsync(
                new EmbeddingMap(
                    TestGateway.Model,
                    [Count("closed", 40), Count("north", 20), Count("south", 10)],
                    30,
                    1,
                    Received,
                    [
                        .. ((string[])["closed", "north", "south"]).SelectMany(
                            (hospital, h) => Enumerable.Range(0, 2).Select(i => Point(hospital, h, i))
                        ),
                    ]
                ),
                default
            );

    private static HospitalCount Count(string hospital, int embeddings) => new(new HospitalId(hospital), embeddings);

    private static MapPoint Point(string hospital, int h, int i) =>
        new(
            i,
            -i,
            new HospitalId(hospital),
            new SopInstanceUid($"1.2.3.{h}.{i}"),
            "",
            $"patient-{hospital}-{i}",
            $"name-{hospital}-{i}",
            0.25,
            i,
            "AP",
            Received
        );
}
