using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Tests.Studies;

public sealed class StudyTests : IAsyncLifetime
{
    private readonly List<(string Name, string Hospital, double? Probability)> _truth = [];
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        for (int i = 0; i < 23; i++)
        {
            string hospital = i % 3 == 0 ? "north" : "south";
            double? probability = i % 7 == 6 ? null : i * 37 % 23 / 23.0;
            await RecordAsync(hospital, $"{i}.png", probability);
            _truth.Add(($"{i}.png", hospital, probability));
        }
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(23)]
    [InlineData(500)]
    public async Task Studies_PageByPage_GiveEveryResultOnceMostProbableFirst(int limit)
    {
        List<JsonElement> rows = await ReadAllAsync($"limit={limit}");
        Assert.Equal(_truth.Select(t => t.Name).Order(), rows.Select(r => r.GetProperty("name").GetString()).Order());
        IEnumerable<double> probabilities = rows.Select(Probability).Select(p => p ?? -1);
        Assert.Equal(probabilities.OrderDescending(), probabilities);
    }

    [Fact]
    public async Task Studies_Filtered_EqualTheFilteredTruth()
    {
        List<JsonElement> rows = await ReadAllAsync("hospital=north&minProbability=0.4&limit=3");
        IEnumerable<string> expected = _truth
            .Where(t => t.Hospital == "north" && t.Probability >= 0.4)
            .OrderByDescending(t => t.Probability)
            .Select(t => t.Name);
        Assert.Equal(expected, rows.Select(r => r.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Studies_TwoHospitals_EqualAll() =>
        Assert.Equal(23, (await ReadAllAsync("hospital=north&hospital=south")).Count);

    [Fact]
    public async Task Studies_TimesWithoutImages_Empty() => Assert.Empty(await ReadAllAsync("to=2020-01-01T00:00:00Z"));

    [Fact]
    public async Task Hospitals_CountTheLedger()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/hospitals");
        JsonElement hospitals = await reply.ShouldBeJsonAsync();
        Assert.Equal("""[{"hospital":"north","images":8},{"hospital":"south","images":15}]""", hospitals.GetRawText());
    }

    private async Task<List<JsonElement>> ReadAllAsync(string query)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            string next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/studies?{query}{next}");
            JsonElement page = await reply.ShouldBeJsonAsync();
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);
        return rows;
    }

    private static double? Probability(JsonElement row) =>
        row.GetProperty("probability") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private async Task RecordAsync(string hospital, string name, double? probability)
    {
        InstanceId id = await _gateway.AdmitAsync(hospital, name);
        InstanceRecord image = (await _gateway.Get<IInstanceStore>().FindAsync(id, default))!;
        var score = new ScoreRecord
        {
            Instance = id,
            Sha256 = image.Sha256,
            Model = TestGateway.Model,
            Score = probability is { } p
                ? FakePipeline.Scored(p)
                : ImageScore.Failed(new Reason(ReasonCodes.Unreadable, "no picture"), 1),
            ScoredAt = DateTimeOffset.UnixEpoch,
        };
        await _gateway.Get<IScoreStore>().RecordAsync([score], default);
    }
}
