using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CxrCluster.Dicom.Web;
using Microsoft.AspNetCore.Http;

namespace CxrCluster.Dicom.Tests.Web;

public sealed class PacsClientTests : IAsyncLifetime
{
    private static readonly DateOnly March = new(2020, 3, 15);
    private FakePacs _pacs = null!;

    public async ValueTask InitializeAsync() => _pacs = await FakePacs.StartAsync();

    public ValueTask DisposeAsync() => _pacs.DisposeAsync();

    [Fact]
    public async Task FindStudies_MoreThanAPage_EachOnce()
    {
        for (int i = 0; i < 25; i++)
            _pacs.Add($"1.2.{i}", March);
        using PacsClient client = Client(o => o.PageSize = 10);

        List<PacsStudy> studies = await All(client.FindStudiesAsync(StudyDates.All, Token));

        Assert.Equal(25, studies.DistinctBy(s => s.Uid).Count());
        Assert.Equal(25, studies.Count);
        Assert.All(studies, s => Assert.Equal((March, 1), (s.Date, s.Instances)));
        Assert.Equal(["CR"], studies[0].Modalities);
    }

    [Fact]
    public async Task FindStudies_ServerThatKnowsNoPaging_EachOnceAndItEnds()
    {
        for (int i = 0; i < 25; i++)
            _pacs.Add($"1.2.{i}", March);
        _pacs.Pages = false;
        using PacsClient client = Client(o => o.PageSize = 10);

        Assert.Equal(25, (await All(client.FindStudiesAsync(StudyDates.All, Token))).Count);
        Assert.InRange(_pacs.Requests.Count, 1, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindStudies_DateRange_OnlyThose(bool filters)
    {
        _pacs.FiltersDates = filters;
        _pacs.Add("1.2.1", new DateOnly(2020, 2, 29));
        _pacs.Add("1.2.2", new DateOnly(2020, 3, 1));
        _pacs.Add("1.2.3", new DateOnly(2020, 4, 30));
        _pacs.Add("1.2.4", new DateOnly(2020, 5, 1));
        _pacs.Add("1.2.5", date: null);
        using PacsClient client = Client();

        var range = new StudyDates(new DateOnly(2020, 3, 1), new DateOnly(2020, 4, 30));
        Assert.Equal(
            ["1.2.2.1", "1.2.3.1"],
            (await All(client.FindStudiesAsync(range, Token))).Select(s => s.Uid).Order(StringComparer.Ordinal)
        );
        Assert.Contains("StudyDate=20200301-20200430", _pacs.Requests.Single(), StringComparison.Ordinal);
        Assert.Equal(5, (await All(client.FindStudiesAsync(StudyDates.All, Token))).Count);
    }

    [Fact]
    public async Task FindInstances_Study_SeriesModalityAndClass()
    {
        _pacs.Add("1.2.1", March, study: "1.9");
        _pacs.Add("1.2.2", March, study: "1.9", modality: "DX");
        using PacsClient client = Client();

        List<PacsInstance> instances = await All(client.FindInstancesAsync("1.9", Token));

        Assert.Equal(
            [
                new PacsInstance("1.9", "1.9.2", "1.2.1", "1.2.840.10008.5.1.4.1.1.1", "CR"),
                new PacsInstance("1.9", "1.9.2", "1.2.2", "1.2.840.10008.5.1.4.1.1.1", "DX"),
            ],
            instances
        );
        Assert.Equal("1.9.2", Assert.Single(await All(client.FindSeriesAsync("1.9", Token))).Uid);
        Assert.Equal(2, (await client.FindStudyAsync("1.9", Token))!.Instances);
        Assert.Null(await client.FindStudyAsync("1.8", Token));
    }

    [Fact]
    public async Task Retrieve_Instance_ItsBytesAndTheAcceptThatOrthancNeeds()
    {
        byte[] content = new byte[3 << 20];
        new Random(1).NextBytes(content);
        FakeInstance instance = _pacs.Add("1.2.1", March, content: content);
        string? accept = null;
        _pacs.Script = context =>
        {
            accept = context.Request.Headers.Accept;
            return Task.FromResult(false);
        };
        using PacsClient client = Client();

        Assert.Equal(content, (await Fetch(client, instance)).ToArray());
        Assert.Equal("multipart/related; type=\"application/dicom\"; transfer-syntax=*", accept);
    }

    [Fact]
    public async Task Retrieve_Error500Twice_ThirdTryBringsIt()
    {
        FakeInstance instance = _pacs.Add("1.2.1", March);
        FailFirst(2, context => context.Response.StatusCode = 500);
        using PacsClient client = Client();

        Assert.Equal(instance.Content, (await Fetch(client, instance)).ToArray());
        Assert.Equal(3, _pacs.Requests.Count);
    }

    [Fact]
    public async Task Retrieve_Error500ForEver_AnswerExceptionThatNamesTheHospitalAndOthersGoOn()
    {
        FakeInstance bad = _pacs.Add("1.2.1", March);
        FakeInstance good = _pacs.Add("1.2.2", March);
        _pacs.Script = context =>
            Fail(context, context.Request.Path.Value!.EndsWith("1.2.1", StringComparison.Ordinal), 500);
        using PacsClient client = Client();

        for (int i = 0; i < 4; i++) // many more tries than the circuit would bear
        {
            PacsAnswerException exception = await Assert.ThrowsAsync<PacsAnswerException>(() => Fetch(client, bad));
            Assert.Equal("The PACS of hospital north answers this request with error 500.", exception.Message);
        }
        Assert.Equal(good.Content, (await Fetch(client, good)).ToArray());
    }

    [Fact]
    public async Task Retrieve_ConnectionCutOnce_NextTryBringsIt()
    {
        FakeInstance instance = _pacs.Add("1.2.1", March, content: new byte[1 << 20]);
        int requests = 0;
        _pacs.Script = async context =>
        {
            if (++requests > 1)
                return false;
            await CutAsync(context);
            return true;
        };
        using PacsClient client = Client();

        Assert.Equal(1 << 20, (await Fetch(client, instance)).Length);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Retrieve_ConnectionCutForEver_AnswerException()
    {
        FakeInstance instance = _pacs.Add("1.2.1", March);
        _pacs.Script = async context =>
        {
            await CutAsync(context);
            return true;
        };
        using PacsClient client = Client();

        PacsAnswerException exception = await Assert.ThrowsAsync<PacsAnswerException>(() => Fetch(client, instance));
        Assert.StartsWith(
            "The PACS of hospital north broke off its answer",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("other")]
    [InlineData("b0undar")]
    public async Task Retrieve_WrongBoundary_AnswerException(string announced)
    {
        FakeInstance instance = _pacs.Add("1.2.1", March);
        _pacs.Script = async context =>
        {
            await FakePacs.SendPartAsync(context, instance.Content, "b0undary", announced);
            return true;
        };
        using PacsClient client = Client();

        PacsAnswerException exception = await Assert.ThrowsAsync<PacsAnswerException>(() => Fetch(client, instance));
        Assert.Contains("not multipart/related", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retrieve_Vanished_Missing()
    {
        FakeInstance instance = _pacs.Add("1.2.1", March);
        _pacs.Instances.Clear();
        using PacsClient client = Client();

        await Assert.ThrowsAsync<PacsInstanceMissingException>(() => Fetch(client, instance));
        Assert.Single(_pacs.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retrieve_TwoGigabytes_RefusedEarly(bool announces)
    {
        FakeInstance instance = _pacs.Add("1.2.1", March);
        long sent = 0;
        _pacs.Script = async context =>
        {
            context.Response.ContentType = "multipart/related; type=\"application/dicom\"; boundary=b";
            if (announces)
                context.Response.ContentLength = 2L << 30;
            byte[] block = new byte[1 << 20];
            while (sent < 2L << 30 && !context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                sent += block.Length;
            }
            return true;
        };
        using PacsClient client = Client(o => o.MaxInstanceBytes = 8 << 20);

        PacsInstanceTooLargeException exception = await Assert.ThrowsAsync<PacsInstanceTooLargeException>(() =>
            Fetch(client, instance)
        );
        Assert.Contains("8 MiB", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Check_WrongPassword_RefusedAtOnce(int status)
    {
        _pacs.Script = context => Fail(context, true, status);
        using PacsClient client = Client();

        PacsRefusedException exception = await Assert.ThrowsAsync<PacsRefusedException>(() => client.CheckAsync(Token));
        Assert.Contains("hospital north refuses the credentials", exception.Message, StringComparison.Ordinal);
        Assert.Single(_pacs.Requests);
    }

    [Fact]
    public async Task Check_PasswordFromFile_SentAndNeverSaid()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "s3cret ü\n", Token);
            _pacs.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("scorer:s3cret ü"));
            PacsEndpoint endpoint = Endpoint() with { User = "scorer", PasswordFrom = "file:" + file };
            using PacsClient client = new(endpoint, Options(), new Random(1), TimeProvider.System);

            await client.CheckAsync(Token);

            Assert.DoesNotContain("s3cret", endpoint.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Check_NoDicomWebThere_RefusedWithTheAddress()
    {
        PacsEndpoint endpoint = Endpoint() with { Url = _pacs.Url + "x" };
        using PacsClient client = new(endpoint, Options(), new Random(1), TimeProvider.System);

        PacsRefusedException exception = await Assert.ThrowsAsync<PacsRefusedException>(() => client.CheckAsync(Token));
        Assert.Contains(endpoint.Url, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Redirect_NotFollowed()
    {
        _pacs.Script = context =>
        {
            context.Response.Redirect("http://127.0.0.1:1/");
            return Task.FromResult(true);
        };
        using PacsClient client = Client();

        await Assert.ThrowsAsync<PacsRefusedException>(() => client.CheckAsync(Token));
    }

    [Fact]
    public async Task Check_NotJson_AnswerException()
    {
        _pacs.Script = async context =>
        {
            await context.Response.WriteAsync("<html>");
            return true;
        };
        using PacsClient client = Client();

        await Assert.ThrowsAsync<PacsAnswerException>(() => client.CheckAsync(Token));
    }

    [Fact]
    public async Task Find_NobodyThere_UnavailableThenCircuitOpensAndClosesAfterAProbe()
    {
        PacsEndpoint endpoint = Endpoint();
        await _pacs.DisposeAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using PacsClient client = new(
            endpoint,
            new PacsClientOptions
            {
                Attempts = 1,
                BreakAfter = 3,
                Pause = TimeSpan.Zero,
            },
            new Random(1),
            time
        );
        for (int i = 0; i < 3; i++)
        {
            PacsUnavailableException none = await Assert.ThrowsAsync<PacsUnavailableException>(() => Look(client));
            Assert.Contains("hospital north cannot be reached", none.Message, StringComparison.Ordinal);
        }
        PacsUnavailableException open = await Assert.ThrowsAsync<PacsUnavailableException>(() => Look(client));
        Assert.Contains("left alone for 10 s", open.Message, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(10));
        PacsUnavailableException probe = await Assert.ThrowsAsync<PacsUnavailableException>(() => Look(client));
        Assert.Contains("cannot be reached", probe.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_PacsThatHangs_Unavailable()
    {
        var release = new TaskCompletionSource();
        _pacs.Script = async _ =>
        {
            await release.Task;
            return true;
        };
        using PacsClient client = Client(o => (o.Timeout, o.Attempts) = (TimeSpan.FromMilliseconds(200), 1));

        PacsUnavailableException exception = await Assert.ThrowsAsync<PacsUnavailableException>(() => Look(client));
        Assert.Contains("takes longer to answer", exception.Message, StringComparison.Ordinal);
        release.SetResult();
    }

    [Fact]
    public async Task Find_BusyPacs_Unavailable()
    {
        _pacs.Script = context => Fail(context, true, 503);
        using PacsClient client = Client();

        await Assert.ThrowsAsync<PacsUnavailableException>(() => Look(client));
        Assert.Equal(3, _pacs.Requests.Count);
    }

    [Fact]
    public async Task Check_CertificateOfAnUnknownAuthority_RefusedUntilItIsGiven()
    {
        using X509Certificate2 certificate = Certificate();
        await using FakePacs pacs = await FakePacs.StartAsync(certificate);
        PacsEndpoint endpoint = Endpoint() with { Url = pacs.Url };
        using (PacsClient client = new(endpoint, Options(), new Random(1), TimeProvider.System))
        {
            PacsRefusedException exception = await Assert.ThrowsAsync<PacsRefusedException>(() =>
                client.CheckAsync(Token)
            );
            Assert.Contains(
                "hospital north shows a certificate that is not trusted",
                exception.Message,
                StringComparison.Ordinal
            );
        }

        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), Token);
            using PacsClient client = new(
                endpoint with
                {
                    CaFile = file,
                },
                Options(),
                new Random(1),
                TimeProvider.System
            );
            await client.CheckAsync(Token);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Store_TwoFiles_BothInOneBodyAndTheAnswerRead()
    {
        using PacsClient client = Client();

        StoreResult result = await client.StoreAsync([new byte[] { 1, 2 }, new byte[] { 3 }], Token);

        Assert.Equal(["1.2.3"], result.Stored);
        Assert.Empty(result.Failed);
        string body = Encoding.Latin1.GetString(Assert.Single(_pacs.Stored));
        Assert.Equal(2, body.Split("Content-Type: application/dicom").Length - 1);
        Assert.Contains("\u0001\u0002", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_SomeRefused_ReasonsAreRead()
    {
        _pacs.Script = async context =>
        {
            context.Response.StatusCode = 409;
            await context.Response.WriteAsync(
                """{"00081198":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]},"00081197":{"vr":"US","Value":[49442]}}]}}"""
            );
            return true;
        };
        using PacsClient client = Client();

        StoreResult result = await client.StoreAsync([new byte[] { 1 }], Token);

        Assert.Equal([new StoreFailure("1.2", 0xC122)], result.Failed);
    }

    [Fact]
    public void Endpoint_CredentialsInTheClearOrAsThemselves_Refused()
    {
        PacsEndpoint right = Endpoint() with { Url = "https://pacs.example/dicom-web" };
        Assert.Empty(right.Validate());
        Assert.Single((right with { Url = "pacs" }).Validate());
        Assert.Single((right with { Url = "https://a:b@pacs.example" }).Validate());
        Assert.Single((right with { User = "u" }).Validate());
        Assert.Single((right with { User = "u", PasswordFrom = "hunter2" }).Validate());
        Assert.Single((right with { TokenFrom = "env:T", Url = "http://pacs.example" }).Validate());
        Assert.Empty((right with { TokenFrom = "env:T", Url = "http://127.0.0.1:80" }).Validate());
        Assert.Single((right with { CaFile = "no-such-file" }).Validate());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PacsClientOptions Options() => new() { Pause = TimeSpan.Zero, Timeout = TimeSpan.FromSeconds(20) };

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pacs", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 own = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
    }

    private static Task<bool> Fail(HttpContext context, bool when, int status)
    {
        if (when)
            context.Response.StatusCode = status;
        return Task.FromResult(when);
    }

    private static async Task CutAsync(HttpContext context)
    {
        context.Response.ContentType = "multipart/related; type=\"application/dicom\"; boundary=b";
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync("--b\r\n\r\nhalf"u8.ToArray());
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static Task<ReadOnlyMemory<byte>> Fetch(PacsClient client, FakeInstance i) =>
        client.RetrieveInstanceAsync(i.Study, i.Series, i.Uid, Token);

    private static async Task Look(PacsClient client) => await All(client.FindStudiesAsync(StudyDates.All, Token));

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items) => await items.ToListAsync(Token);

    private void FailFirst(int count, Action<HttpContext> how)
    {
        int requests = 0;
        _pacs.Script = context =>
        {
            bool fails = ++requests <= count;
            if (fails)
                how(context);
            return Task.FromResult(fails);
        };
    }

    private PacsEndpoint Endpoint() => new() { Hospital = "north", Url = _pacs.Url };

    private PacsClient Client(Action<PacsClientOptions>? set = null)
    {
        PacsClientOptions options = Options();
        set?.Invoke(options);
        return new PacsClient(Endpoint(), options, new Random(1), TimeProvider.System);
    }
}
