using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Gateway.Tests.Images;

public sealed class AdmitTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Admit_ManyFiles_FieldsHoldForTheNextFileAndHospitalForAll()
    {
        using var form = new MultipartFormDataContent();
        Field(form, "hospital", "north");
        Field(form, "patientId", "p1");
        Field(form, "view", "AP");
        Field(form, "label", "1");
        File(form, [1], "a.png");
        File(form, [2], "b.png");
        Field(form, "hospital", "south");
        Field(form, "label", "0");
        File(form, [3], "c.png");

        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images", form);
        JsonElement admitted = (await reply.ShouldBeJsonAsync()).GetProperty("admitted");
        Assert.Equal(
            ["a.png", "b.png", "c.png"],
            admitted.EnumerateArray().Select(a => a.GetProperty("name").GetString())
        );

        Dictionary<string, InstanceRecord> rows = await LedgerAsync();
        Assert.Equal(("north", "p1", "AP", 1), Facts(rows["a.png"]));
        Assert.Equal(("north", null, null, null), Facts(rows["b.png"]));
        Assert.Equal(("south", null, null, 0), Facts(rows["c.png"]));
        Assert.Empty(_gateway.Pipeline.Calls);
    }

    [Fact]
    public async Task Admit_SameBytesTwice_OneImage()
    {
        using var form = new MultipartFormDataContent();
        Field(form, "hospital", "north");
        File(form, [1], "a.png");
        File(form, [1], "a.png");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images", form);
        await reply.ShouldBeJsonAsync();
        Assert.Single(await LedgerAsync());
    }

    [Theory]
    [InlineData("2", "'label' is '2'")]
    [InlineData("yes", "'label' is 'yes'")]
    public async Task Admit_BadLabel_Problem400(string label, string named)
    {
        using var form = new MultipartFormDataContent();
        Field(form, "hospital", "north");
        Field(form, "label", label);
        File(form, [1], "a.png");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images", form);
        Assert.Contains(named, (await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail());
        Assert.Empty(await LedgerAsync());
    }

    [Fact]
    public async Task Admit_FileBeforeHospital_Problem400()
    {
        using var form = new MultipartFormDataContent();
        File(form, [1], "a.png");
        Field(form, "hospital", "north");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images", form);
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    private static (string, string?, string?, int?) Facts(InstanceRecord row) =>
        (row.Id.Hospital.Value, row.PatientId, row.View, row.Label);

    private static void Field(MultipartFormDataContent form, string name, string value) =>
        form.Add(new StringContent(value), name);

    private static void File(MultipartFormDataContent form, byte[] content, string name) =>
        form.Add(new ByteArrayContent(content), "file", name);

    private async Task<Dictionary<string, InstanceRecord>> LedgerAsync()
    {
        var rows = new Dictionary<string, InstanceRecord>();
        await foreach (InstanceRecord row in _gateway.Get<IInstanceStore>().ListAsync(null, null, null, default))
            rows.Add(row.Name, row);
        return rows;
    }
}
