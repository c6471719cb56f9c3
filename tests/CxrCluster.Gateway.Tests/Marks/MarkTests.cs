using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Gateway.Tests.Security;

namespace CxrCluster.Gateway.Tests.Marks;

/// <summary>A gateway of hospital "north"; "south" shares scores, "closed" shares nothing.</summary>
public sealed class MarkTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;
    private InstanceId _image;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new GatewayOptions { Reader = "north" });
        _image = await _gateway.AdmitAsync("north", "a.png");
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Mark_AgainByTheSameReader_TheLaterVerdictIsExportedAndBothAreAudited()
    {
        InstanceId neighbour = await _gateway.AdmitAsync("north", "b.png");
        using HttpResponseMessage first = await MarkAsync(_image, neighbour, "similar");
        await first.ShouldBeJsonAsync();
        using HttpResponseMessage second = await MarkAsync(_image, neighbour, "notSimilar");
        await second.ShouldBeJsonAsync();

        JsonElement mark = Assert.Single(await ExportAsync());
        Assert.Equal(_image.Uid.Value, mark.GetProperty("uid").GetString());
        Assert.Equal(neighbour.Uid.Value, mark.GetProperty("neighbourUid").GetString());
        Assert.Equal("notSimilar", mark.GetProperty("verdict").GetString());
        Assert.Equal(TestGateway.Model.ToString(), mark.GetProperty("model").GetString());
        Assert.Equal(2, (await _gateway.AuditAsync()).Count(row => row.Action == "mark-similar"));
        Assert.Contains(await _gateway.AuditAsync(), row => row.Action == "export-marks");
    }

    [Fact]
    public async Task Mark_OtherHospitalsNeighbour_TheAnswerDoesNotTellWhetherItIsThere()
    {
        InstanceId real = await _gateway.AdmitAsync("south", "b.png");
        var pseudonym = new InstanceId(real.Hospital, new SopInstanceUid("2.25.77"));
        using HttpResponseMessage one = await MarkAsync(_image, pseudonym, "similar");
        using HttpResponseMessage other = await MarkAsync(_image, real, "similar");

        Assert.Equal(
            (await one.ShouldBeJsonAsync()).EnumerateObject().Select(p => p.Name),
            (await other.ShouldBeJsonAsync()).EnumerateObject().Select(p => p.Name)
        );
        Assert.Contains(await ExportAsync(), mark => mark.GetProperty("neighbourUid").GetString() == "2.25.77");
    }

    [Theory]
    [InlineData("north", "1.2", "north", "", "similar", 404)]
    [InlineData("south", "1.2", "north", "", "similar", 403)]
    [InlineData("north", "", "north", "1.2", "similar", 404)]
    [InlineData("north", "", "closed", "1.2", "similar", 403)]
    [InlineData("north", "", "north", "", "similar", 400)]
    [InlineData("north", "", "south", "1.2", "perhaps", 400)]
    public async Task Mark_WhatCannotBe_Problem(
        string hospital,
        string uid,
        string neighbourHospital,
        string neighbourUid,
        string verdict,
        int status
    )
    {
        using HttpResponseMessage reply = await MarkAsync(
            Id(hospital, uid),
            Id(neighbourHospital, neighbourUid),
            verdict
        );
        await reply.ShouldBeProblemAsync((HttpStatusCode)status);
        Assert.Empty(await ExportAsync());
    }

    [Fact]
    public async Task Export_OtherHospital_Refused()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/similar/marks?hospital=south");
        await reply.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ImagePage_MarkOfAPseudonym_IsKeptAndShown()
    {
        var pseudonym = new InstanceId(new HospitalId("south"), new SopInstanceUid("2.25.77"));
        _gateway.Grains.Similar = _ => new SimilarReply([new Neighbour(pseudonym, "p", "x", 0.5, 0.8, 1)], []);
        using MultipartFormDataContent scored = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage score = await _gateway.Api.PostAsync("/api/v1/images:score", scored);
        string address = $"/images/north/{(await score.ShouldBeJsonAsync()).GetProperty("uid").GetString()}";
        using HttpClient browser = await _gateway.SignInAsync();
        string before = await browser.GetStringAsync(address);
        using var form = new FormUrlEncodedContent([
            new("neighbourHospital", "south"),
            new("neighbourUid", "2.25.77"),
            new("model", TestGateway.Model.ToString()),
            new("verdict", "NotSimilar"),
            new("__RequestVerificationToken", SignInTests.FormToken(before)),
        ]);

        using HttpResponseMessage reply = await browser.PostAsync($"{address}?handler=mark", form);
        string after = await browser.GetStringAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.DoesNotContain("""aria-pressed="true" """, before);
        Assert.Contains("""value="NotSimilar" aria-pressed="true" """, after);
        Assert.DoesNotContain("/images/south", after);
    }

    private InstanceId Id(string hospital, string uid) =>
        uid.Length == 0 ? _image : new InstanceId(new HospitalId(hospital), new SopInstanceUid(uid));

    private Task<HttpResponseMessage> MarkAsync(InstanceId image, InstanceId neighbour, string verdict) =>
        _gateway.Api.PostAsJsonAsync(
            "/api/v1/similar/marks",
            new
            {
                hospital = image.Hospital.Value,
                uid = image.Uid.Value,
                neighbourHospital = neighbour.Hospital.Value,
                neighbourUid = neighbour.Uid.Value,
                verdict,
            }
        );

    private async Task<List<JsonElement>> ExportAsync()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/similar/marks");
        return [.. (await reply.ShouldBeJsonAsync()).EnumerateArray()];
    }
}
