using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom;
using CxrCluster.Gateway.Fhir;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Tests.Fhir;

public sealed class FhirTests : IAsyncLifetime
{
    /// <summary>Required elements (cardinality 1..) of the R4 resources, http://hl7.org/fhir/R4, and those that we promise.</summary>
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["DiagnosticReport"] = ["status", "code", "category", "subject", "issued", "result", "conclusion"],
        ["Observation"] =
        [
            "status",
            "code",
            "category",
            "subject",
            "valueQuantity",
            "interpretation",
            "device",
            "component",
        ],
        ["Device"] = ["identifier", "manufacturer", "deviceName", "version"],
        ["ImagingStudy"] = ["status", "subject", "identifier", "series"],
    };

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Show_ScoredImage_IsABundleThatRepeatsAndIsAudited()
    {
        InstanceId id = await _gateway.AdmitAsync("north", "a.png", Replies.Png(64, 64));
        InstanceRecord image = (await _gateway.Get<IInstanceStore>().FindAsync(id, default))!;
        await _gateway.Get<IScoreStore>().RecordAsync([Score(image)], default);

        using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/images/north/{id.Uid}/fhir");
        string text = await reply.Content.ReadAsStringAsync();
        string again = await _gateway.Api.GetStringAsync($"/api/v1/images/north/{id.Uid}/fhir");

        Assert.True(reply.IsSuccessStatusCode, text);
        Assert.Equal(FhirBundle.MediaType, reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(text, again);
        Check(JsonDocument.Parse(text).RootElement, "DiagnosticReport", "Observation", "Device");
        Assert.Contains(await _gateway.AuditAsync(), entry => entry.Action == "export-fhir");
    }

    [Fact]
    public async Task Show_NotScored_Problem404()
    {
        InstanceId id = await _gateway.AdmitAsync("north", "a.png", Replies.Png(64, 64));
        using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/images/north/{id.Uid}/fhir");
        Assert.Contains("Score it first", (await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound)).Detail());
    }

    [Fact]
    public void Of_DicomImage_RefersToItsStudy()
    {
        var image = new InstanceRecord
        {
            Id = new InstanceId(new HospitalId("north"), new SopInstanceUid("1.2.3")),
            Sha256 = new string('a', 64),
            BlobKey = "k",
            Name = "a.dcm",
            PatientId = "p7",
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };
        var header = new DicomHeader
        {
            TransferSyntax = "1.2.840.10008.1.2.1",
            SopClassUid = "1.2.840.10008.5.1.4.1.1.1",
            StudyInstanceUid = "1.2.30",
            SeriesInstanceUid = "1.2.31",
            Modality = "CR",
        };

        JsonElement bundle = JsonDocument.Parse(FhirBundle.Of(image, Score(image), header).ToJsonString()).RootElement;
        Check(bundle, "DiagnosticReport", "Observation", "Device", "ImagingStudy");

        JsonElement study = Resource(bundle, "ImagingStudy");
        Assert.Equal("urn:oid:1.2.30", study.GetProperty("identifier")[0].GetProperty("value").GetString());
        JsonElement observation = Resource(bundle, "Observation");
        Assert.Equal("preliminary", observation.GetProperty("status").GetString());
        Assert.Equal(0.75m, observation.GetProperty("valueQuantity").GetProperty("value").GetDecimal());
        Assert.Equal(
            "POS",
            observation.GetProperty("interpretation")[0].GetProperty("coding")[0].GetProperty("code").GetString()
        );
        Assert.Equal(
            "p7",
            observation.GetProperty("subject").GetProperty("identifier").GetProperty("value").GetString()
        );
        // another content or model is another report
        JsonElement other = JsonDocument
            .Parse(FhirBundle.Of(image, Score(image) with { Model = new ModelId("m", "2") }, header).ToJsonString())
            .RootElement;
        Assert.NotEqual(bundle.GetProperty("id").GetString(), other.GetProperty("id").GetString());
    }

    /// <summary>The structure: types, required elements, ids that match their URLs, references that lead somewhere.</summary>
    private static void Check(JsonElement bundle, params string[] types)
    {
        Assert.Equal("Bundle", bundle.GetProperty("resourceType").GetString());
        Assert.Equal("collection", bundle.GetProperty("type").GetString());
        JsonElement[] entries = [.. bundle.GetProperty("entry").EnumerateArray()];
        Assert.Equal(types, entries.Select(e => e.GetProperty("resource").GetProperty("resourceType").GetString()));
        string[] urls = [.. entries.Select(e => e.GetProperty("fullUrl").GetString()!)];
        Assert.Equal(urls.Length, urls.Distinct(StringComparer.Ordinal).Count());
        foreach (JsonElement entry in entries)
        {
            JsonElement resource = entry.GetProperty("resource");
            Assert.Equal(
                entry.GetProperty("fullUrl").GetString(),
                $"urn:uuid:{Guid.Parse(resource.GetProperty("id").GetString()!)}"
            );
            foreach (string element in Required[resource.GetProperty("resourceType").GetString()!])
                Assert.True(resource.TryGetProperty(element, out _), $"{element} is missing in {resource}");
            Assert.All(References(resource), reference => Assert.Contains(reference, urls));
            Assert.DoesNotContain("[]", resource.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("null", resource.GetRawText(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(p =>
                    p.NameEquals("reference") && p.Value.ValueKind == JsonValueKind.String
                        ? [p.Value.GetString()!]
                        : References(p.Value)
                ),
            _ => [],
        };

    private static JsonElement Resource(JsonElement bundle, string type) =>
        bundle
            .GetProperty("entry")
            .EnumerateArray()
            .Select(e => e.GetProperty("resource"))
            .Single(r => r.GetProperty("resourceType").GetString() == type);

    private static ScoreRecord Score(InstanceRecord image) =>
        new()
        {
            Instance = image.Id,
            Sha256 = image.Sha256,
            Model = TestGateway.Model,
            ScoredAt = new DateTimeOffset(2020, 4, 1, 8, 0, 0, TimeSpan.Zero),
            Score = new ImageScore
            {
                Outcome = ImageOutcome.Scored,
                Probability = 0.75,
                Threshold = 0.5,
                Embedding = [1, 2],
            },
        };
}
