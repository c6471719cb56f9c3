using System.Net;
using System.Text.RegularExpressions;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Security;

public sealed partial class SignInTests
{
    [Fact]
    public async Task Link_OpenedOnce_SetsAGuardedCookie()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpResponseMessage entered = await gateway.Anonymous.GetAsync(Link(gateway));
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Equal("/", entered.Headers.Location?.ToString());
        string cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(await gateway.AuditAsync(), row => row.Action == "sign-in");
    }

    [Fact]
    public async Task Link_OpenedAgain_Refused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpResponseMessage first = await gateway.Anonymous.GetAsync(Link(gateway));
        using HttpResponseMessage second = await gateway.Anonymous.GetAsync(Link(gateway));
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.False(
            second.Headers.Contains("Set-Cookie")
                && second.Headers.GetValues("Set-Cookie").Any(c => !c.StartsWith("cxr-form-", StringComparison.Ordinal))
        );
        Assert.Contains("used before", await second.Content.ReadAsStringAsync());
        Assert.Contains(await gateway.AuditAsync(), row => row.Action == "sign-in-refused");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    public async Task Link_ForeignReturnUrl_StaysHere(string target)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpResponseMessage entered = await gateway.Anonymous.GetAsync(
            $"{Link(gateway)}&returnUrl={Uri.EscapeDataString(target)}"
        );
        Assert.Equal("/", entered.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Page_NotSignedIn_AsksForSignIn()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpResponseMessage reply = await gateway.Anonymous.GetAsync("/jobs");
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.EndsWith("/sign-in?returnUrl=%2Fjobs", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Form_RightToken_SignsIn()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Url };
        string page = await browser.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent([
            new("secret", gateway.Token.Value),
            new("__RequestVerificationToken", FormToken(page)),
        ]);
        using HttpResponseMessage entered = await browser.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        Assert.Contains("<h1>Worklist</h1>", await entered.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Form_WithoutItsToken_Refused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpClient browser = await gateway.SignInAsync();
        using var form = new FormUrlEncodedContent([new("hospital", "north")]);
        using HttpResponseMessage reply = await browser.PostAsync("/jobs", form);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Session_OnApi_ReadsButDoesNotWrite()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpClient browser = await gateway.SignInAsync();
        using HttpResponseMessage read = await browser.GetAsync("/api/v1/hospitals");
        await read.ShouldBeJsonAsync();
        using var body = new StringContent("""{"hospitals":"all"}""", null, "application/json");
        using HttpResponseMessage write = await browser.PostAsync("/api/v1/jobs", body);
        await write.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpClient browser = await gateway.SignInAsync();
        string page = await browser.GetStringAsync("/");
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", FormToken(page))]);
        using HttpResponseMessage left = await browser.PostAsync("/sign-in?handler=out", form);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using HttpResponseMessage after = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Cookies_OfTwoGateways_HaveOtherNames()
    {
        await using TestGateway one = await TestGateway.StartAsync();
        await using TestGateway other = await TestGateway.StartAsync();
        using HttpResponseMessage first = await one.Anonymous.GetAsync(Link(one));
        using HttpResponseMessage second = await other.Anonymous.GetAsync(Link(other));
        static string Name(HttpResponseMessage reply) => reply.Headers.GetValues("Set-Cookie").Single().Split('=')[0];
        Assert.NotEqual(Name(first), Name(second));
    }

    private static Uri Link(TestGateway gateway) => gateway.Token.SignInLink(gateway.Url.ToString());

    internal static string FormToken(string page) => FormTokenPattern().Match(page).Groups["token"].Value;

    [GeneratedRegex(
        """name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FormTokenPattern();
}
