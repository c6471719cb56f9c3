using System.Net;
using System.Text.RegularExpressions;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Gateway.Tests.Security;

namespace CxrCluster.Gateway.Tests.Pages;

public sealed partial class PageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)<script>\"'&.png";

    private TestGateway _gateway = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _browser = await _gateway.SignInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Worklist_HostileNames_AreEncoded()
    {
        await ScoreAsync(Hostile, patient: "<b>p</b>");
        string page = await _browser.GetStringAsync("/");
        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("<b>p</b>", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;script&gt;&quot;&#x27;&amp;.png", page);
    }

    [Fact]
    public async Task ImagePage_HostileNamesAndReasons_AreEncoded()
    {
        _gateway.Grains.Similar = query => new SimilarReply(
            [new Neighbour(query.ExcludeInstance!.Value, "<i>", Hostile, 1, 0.5, null)],
            []
        );
        InstanceId image = await ScoreAsync(Hostile, patient: "<b>p</b>");
        string page = await _browser.GetStringAsync($"/images/north/{image.Uid}");
        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("<b>p</b>", page);
        Assert.DoesNotContain("<i>", page);

        _gateway.Pipeline.Answer = (source, _) =>
            Task.FromResult(ImageScore.Failed(new Reason(ReasonCodes.Unreadable, $"{source.Name} is no picture"), 1));
        string list = await _browser.GetStringAsync("/");
        Assert.DoesNotContain("<script>alert", list);
    }

    [Fact]
    public async Task ImagePage_Scored_ShowsResultSimilarCasesAndThatItIsNoDiagnosis()
    {
        InstanceId other = await _gateway.AdmitAsync("south", "old.png");
        _gateway.Grains.Similar = _ => new SimilarReply([new Neighbour(other, "p9", "old.png", 0.1234, 0.8, 1)], []);
        InstanceId image = await ScoreAsync("a.png");
        string page = WebUtility.HtmlDecode(await _browser.GetStringAsync($"/images/north/{image.Uid}"));
        Assert.Contains("This is not a diagnosis.", page);
        Assert.Contains("90.0 %", page);
        Assert.Contains("50.0 %", page);
        Assert.Contains("distance <b>0.123</b>", page);
        Assert.Contains($"/images/south/{other.Uid}", page);
        Assert.Contains(await _gateway.AuditAsync(), row => (row.Actor, row.Action) == ("browser", "view-image"));
    }

    [Fact]
    public async Task EveryPage_NoInlineScriptStyleOrHandler()
    {
        InstanceId image = await ScoreAsync("a.png");
        string job = await StartJobAsync();
        foreach (
            string path in (string[])
                ["/", $"/images/north/{image.Uid}", "/score", "/map", "/jobs", job, "/models", "/sign-in", "/error/404"]
        )
        {
            string page = await _browser.GetStringAsync(path);
            Assert.DoesNotMatch(InlineCode(), page);
            Assert.DoesNotMatch(ForeignAddress(), page);
            Assert.Contains("<html lang=\"en\">", page);
            Assert.Single(Heading().Matches(page));
        }
    }

    [Fact]
    public async Task EveryInput_HasALabel()
    {
        await ScoreAsync("a.png");
        foreach (string path in (string[])["/", "/score", "/jobs", "/sign-in"])
        {
            string page = await _browser.GetStringAsync(path);
            foreach (Match input in VisibleInput().Matches(page))
            {
                int label = page.LastIndexOf("<label", input.Index, StringComparison.Ordinal);
                int closed = page.LastIndexOf("</label>", input.Index, StringComparison.Ordinal);
                Assert.True(label > closed, $"{path}: {input.Value} is not inside a label");
            }
        }
    }

    [Fact]
    public async Task Worklist_ManyResults_PagesByCursor()
    {
        for (int i = 0; i < 30; i++)
            await ScoreAsync($"image-{i}.png");
        string first = await _browser.GetStringAsync("/?hospital=north");
        string next = WebUtility.HtmlDecode(NextLink().Match(first).Groups["href"].Value);
        string second = await _browser.GetStringAsync(next);
        Assert.Equal(25, Row().Count(first));
        Assert.Equal(5, Row().Count(second));
        Assert.DoesNotMatch(NextLink(), second);
    }

    [Fact]
    public async Task Worklist_NoModel_SaysWhatToDo()
    {
        await using TestGateway empty = await TestGateway.StartAsync(withModel: false);
        using HttpClient browser = await empty.SignInAsync();
        Assert.Contains("cxr model push", await browser.GetStringAsync("/"));
        Assert.Contains("cxr model push", await browser.GetStringAsync("/jobs"));
        Assert.Contains("cxr model push", await browser.GetStringAsync("/models"));
    }

    [Fact]
    public async Task ScorePage_Image_LeadsToItsPage()
    {
        using HttpResponseMessage reply = await PostScoreAsync([1, 2, 3]);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.StartsWith("/images/north/2.25.", reply.Headers.Location!.ToString());
    }

    [Fact]
    public async Task ScorePage_Unreadable_SaysWhy()
    {
        _gateway.Pipeline.Answer = (_, _) =>
            Task.FromResult(ImageScore.Failed(new Reason(ReasonCodes.Unreadable, "It is no picture."), 1));
        using HttpResponseMessage reply = await PostScoreAsync([1]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
        Assert.Contains("It is no picture.", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Asset_OfAPage_MayBeKept()
    {
        string page = await _browser.GetStringAsync("/");
        string address = Stylesheet().Match(page).Groups["href"].Value;
        using HttpResponseMessage reply = await _gateway.Anonymous.GetAsync(address);
        Assert.Equal("text/css", reply.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", reply.Headers.CacheControl?.ToString());
    }

    private async Task<InstanceId> ScoreAsync(string name, string? patient = null)
    {
        (string, string)[] fields = patient is null
            ? [("hospital", "north")]
            : [("hospital", "north"), ("patientId", patient)];
        byte[] content = System.Text.Encoding.UTF8.GetBytes(name);
        using var form = new MultipartFormDataContent();
        foreach ((string field, string value) in fields)
            form.Add(new StringContent(value), field);
        var file = new ByteArrayContent(content);
        file.Headers.ContentDisposition = new("form-data") { Name = "file", FileNameStar = name };
        form.Add(file);
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images:score", form);
        return new InstanceId(
            new HospitalId("north"),
            new SopInstanceUid((await reply.ShouldBeJsonAsync()).GetProperty("uid").GetString()!)
        );
    }

    private async Task<string> StartJobAsync()
    {
        string page = await _browser.GetStringAsync("/jobs");
        using var form = new FormUrlEncodedContent([
            new("hospital", "north"),
            new("__RequestVerificationToken", SignInTests.FormToken(page)),
        ]);
        using HttpResponseMessage reply = await _browser.PostAsync("/jobs", form);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return reply.Headers.Location!.ToString();
    }

    private async Task<HttpResponseMessage> PostScoreAsync(byte[] content)
    {
        string page = await _browser.GetStringAsync("/score");
        using MultipartFormDataContent form = Replies.Form(
            content,
            "a.png",
            ("hospital", "north"),
            ("__RequestVerificationToken", SignInTests.FormToken(page))
        );
        return await _browser.PostAsync("/score", form);
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=""", RegexOptions.None, 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex("""(src|href|action)="(https?:)?//""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("<h1", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("""<(input(?![^>]*type="hidden")|select)[^>]*>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VisibleInput();

    [GeneratedRegex("""href="(?<href>[^"]+)" rel="next""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextLink();

    [GeneratedRegex("""<td class="thumb">""", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("""rel="stylesheet" href="(?<href>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stylesheet();
}
