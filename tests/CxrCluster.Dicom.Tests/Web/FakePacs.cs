using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Dicom.Tests.Web;

/// <summary>A DICOMweb server in this process that does what the standard says, until its script says otherwise.</summary>
internal sealed class FakePacs : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePacs(WebApplication app) => _app = app;

    /// <summary>What it holds, by SOP instance UID.</summary>
    public ConcurrentDictionary<string, FakeInstance> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request, "METHOD path?query".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Files that were stored by STOW-RS: the raw body.</summary>
    public ConcurrentQueue<byte[]> Stored { get; } = new();

    /// <summary>Asked first; true: it has answered.</summary>
    public Func<HttpContext, Task<bool>> Script { get; set; } = _ => Task.FromResult(false);

    /// <summary>Whether StudyDate counts.</summary>
    public bool FiltersDates { get; set; } = true;

    /// <summary>Whether limit and offset count.</summary>
    public bool Pages { get; set; } = true;

    /// <summary>Value of the Authorization header that is wanted; null: none.</summary>
    public string? Authorization { get; set; }

    public string Url =>
        _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First() + "/dicom-web";

    public static async Task<FakePacs> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var pacs = new FakePacs(app);
        app.Run(pacs.AnswerAsync);
        await app.StartAsync();
        return pacs;
    }

    public FakeInstance Add(
        string uid,
        DateOnly? date = null,
        string? study = null,
        byte[]? content = null,
        string modality = "CR"
    )
    {
        var instance = new FakeInstance(
            study ?? uid + ".1",
            (study ?? uid + ".1") + ".2",
            uid,
            date,
            modality,
            content ?? Encoding.ASCII.GetBytes("content of " + uid)
        );
        Instances[uid] = instance;
        return instance;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>multipart/related with one part.</summary>
    public static async Task SendPartAsync(HttpContext context, byte[] content, string boundary, string announced)
    {
        context.Response.ContentType = $"multipart/related; type=\"application/dicom\"; boundary={announced}";
        await context.Response.Body.WriteAsync(
            (byte[])
                [
                    .. Encoding.ASCII.GetBytes(
                        $"--{boundary}\r\nContent-Type: application/dicom\r\nContent-Length: {content.Length}\r\n\r\n"
                    ),
                    .. content,
                    .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"),
                ]
        );
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        if (await Script(context))
            return;
        if (Authorization is not null && request.Headers.Authorization != Authorization)
        {
            context.Response.StatusCode = 401;
            return;
        }
        string[] path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (path)
        {
            case ["dicom-web", "studies"] when HttpMethods.IsPost(request.Method):
                await StoreAsync(context);
                return;
            case ["dicom-web", "studies"]:
                await RowsAsync(context, Studies(request));
                return;
            case ["dicom-web", "studies", var study, "series"]:
                await RowsAsync(context, Of(study).DistinctBy(i => i.Series).Select(SeriesRow));
                return;
            case ["dicom-web", "studies", var study, "instances"]:
                await RowsAsync(context, Of(study).Select(InstanceRow));
                return;
            case ["dicom-web", "studies", _, "series", _, "instances", var uid]
                when Instances.TryGetValue(uid, out FakeInstance? instance):
                await SendPartAsync(context, instance.Content, "b0undary", "b0undary");
                return;
            default:
                context.Response.StatusCode = 404;
                return;
        }
    }

    private IEnumerable<FakeInstance> Of(string study) =>
        Instances.Values.Where(i => i.Study == study).OrderBy(i => i.Uid, StringComparer.Ordinal);

    private IEnumerable<JsonObject> Studies(HttpRequest request)
    {
        string[] dates = request.Query["StudyDate"].ToString().Split('-');
        string wanted = request.Query["StudyInstanceUID"].ToString();
        return Instances
            .Values.GroupBy(i => i.Study, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Where(g => wanted.Length == 0 || g.Key == wanted)
            .Where(g => !FiltersDates || dates.Length < 2 || Within(g.First().Date, dates))
            .Select(g =>
            {
                JsonObject row = Row(
                    ("0020000D", "UI", g.Key),
                    ("00080061", "CS", g.First().Modality),
                    ("00100010", "PN", null),
                    ("00080020", "DA", g.First().Date?.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
                );
                row["00100010"] = new JsonObject
                {
                    ["vr"] = "PN",
                    ["Value"] = new JsonArray(new JsonObject { ["Alphabetic"] = "Müller^Żółć^山田" }),
                };
                row["00201208"] = new JsonObject { ["vr"] = "IS", ["Value"] = new JsonArray(g.Count()) };
                return row;
            });
    }

    private static bool Within(DateOnly? date, string[] range)
    {
        string text = date?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "";
        return text.Length > 0
            && (range[0].Length == 0 || string.CompareOrdinal(text, range[0]) >= 0)
            && (range[1].Length == 0 || string.CompareOrdinal(text, range[1]) <= 0);
    }

    private static JsonObject SeriesRow(FakeInstance i) =>
        Row(("0020000D", "UI", i.Study), ("0020000E", "UI", i.Series), ("00080060", "CS", i.Modality));

    private static JsonObject InstanceRow(FakeInstance i) =>
        Row(
            ("0020000D", "UI", i.Study),
            ("0020000E", "UI", i.Series),
            ("00080018", "UI", i.Uid),
            ("00080016", "UI", "1.2.840.10008.5.1.4.1.1.1"),
            ("00080060", "CS", i.Modality)
        );

    private static JsonObject Row(params (string Tag, string Vr, string? Value)[] elements)
    {
        var row = new JsonObject();
        foreach ((string tag, string vr, string? value) in elements)
            if (value is not null)
                row[tag] = new JsonObject { ["vr"] = vr, ["Value"] = new JsonArray(value) };
        return row;
    }

    private async Task RowsAsync(HttpContext context, IEnumerable<JsonObject> rows)
    {
        if (Pages && int.TryParse(context.Request.Query["offset"], out int offset))
            rows = rows.Skip(offset);
        if (Pages && int.TryParse(context.Request.Query["limit"], out int limit))
            rows = rows.Take(limit);
        context.Response.ContentType = "application/dicom+json";
        await JsonSerializer.SerializeAsync(context.Response.Body, new JsonArray([.. rows]));
    }

    private async Task StoreAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Stored.Enqueue(body.ToArray());
        context.Response.ContentType = "application/dicom+json";
        await context.Response.WriteAsync(
            """{"00081199":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.3"]}}]}}"""
        );
    }
}
