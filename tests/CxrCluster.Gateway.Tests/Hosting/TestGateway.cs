using System.Net.Http.Headers;
using System.Text;
using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Grains;
using CxrCluster.Grains.Intake;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Maps;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Scoring;
using CxrCluster.Grains.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Training;
using CxrCluster.Grains.Workers;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage;
using CxrCluster.Storage.Audit;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>The real gateway on a loopback port over a real catalogue and blob folder; pipeline and grains are fakes.</summary>
public sealed class TestGateway : IAsyncDisposable
{
    /// <summary>Registered and active unless a test says otherwise.</summary>
    public static readonly ModelId Model = new("tiny", "0123456789abcdef");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Manifest = """
        {
          "name": "tiny", "version": "0123456789abcdef", "architecture": "resnet34", "segmenterSide": 64,
          "segmenterShape": { "depth": 3, "baseWidth": 8 },
          "preprocessing": { "side": 64, "steps": ["pad", "resize"] }, "threshold": 0.5,
          "metrics": { "rocAuc": { "value": 0.93 } }
        }
        """;

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private TestGateway(
        DirectoryInfo folder,
        WebApplication app,
        FakePipeline pipeline,
        FakeGrains grains,
        FakeDirectory nodes
    )
    {
        (_folder, _app, Pipeline, Grains, Nodes) = (folder, app, pipeline, grains, nodes);
        Anonymous = NewClient();
        Api = NewClient();
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token.Value);
    }

    public FakePipeline Pipeline { get; }

    public FakeGrains Grains { get; }

    public FakeDirectory Nodes { get; }

    public Uri Url => new(_app.Urls.Single());

    public AccessToken Token => Get<AccessToken>();

    /// <summary>Without a sign-in; keeps no cookies, follows no redirects.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>With the bearer token.</summary>
    public HttpClient Api { get; }

    public static async Task<TestGateway> StartAsync(
        GatewayOptions? options = null,
        TimeProvider? time = null,
        bool withModel = true
    )
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cxr-gateway-");
        var (pipeline, grains, nodes) = (new FakePipeline(), new FakeGrains(), new FakeDirectory());
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = folder.FullName }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        IServiceCollection services = builder.Services;
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddCxrStorage(
            new CatalogueOptions { Path = Path.Combine(folder.FullName, "catalogue.db") },
            new BlobOptions { Folder = Path.Combine(folder.FullName, "blobs") }
        );
        services.AddMetrics();
        services.AddSingleton<IScoringPipeline>(pipeline);
        services.AddSingleton<IGrainFactory>(grains.Factory);
        services.AddSingleton<IWorkerDirectory>(nodes);
        services.AddSingleton<CxrInstruments>();
        services.AddSingleton<ImageIntake>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new IndexOptions()));
        services.AddSingleton<IndexLayouts>();
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton(new Pseudonymiser(new byte[32]));
        services.AddSingleton(
            new SharingPolicy(
                new Dictionary<HospitalId, SharingLevel> { [new HospitalId("closed")] = SharingLevel.Nothing },
                SharingLevel.Scores
            )
        );
        services.AddSingleton<EmbeddingMaps>();
        services.AddSingleton<EmbeddingFeed>();
        services.AddSingleton<ResultCommitter>();
        services.AddSingleton<ScoringJobs>();
        services.AddSingleton<TrainingSweeps>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ModelManifests>();
        services.AddSingleton(new CpuGate(2));
        services.AddCxrImages(new DicomOptions());
        services.AddSingleton(provider => new DeviceSlots([], provider.GetRequiredService<CxrInstruments>()));
        services.AddCxrGateway(options ?? new GatewayOptions());
        WebApplication app = builder.Build();
        app.MapCxrGateway();
        await app.Services.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(default);
        await app.StartAsync();
        var gateway = new TestGateway(folder, app, pipeline, grains, nodes);
        if (withModel)
            await gateway.RegisterModelAsync();
        return gateway;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client that keeps no cookies and follows no redirects.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Url,
            Timeout = Patience,
        };

    /// <summary>A client with the cookies that opening the sign-in link gives; follows no redirects.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Url,
            Timeout = Patience,
        };
        using HttpResponseMessage entered = await client.GetAsync(Token.SignInLink(Url.ToString()));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, entered.StatusCode);
        return client;
    }

    public async Task<InstanceId> AdmitAsync(
        string hospital,
        string name,
        byte[]? content = null,
        string? patient = null,
        int? label = null
    )
    {
        var image = new NewImage(
            new HospitalId(hospital),
            name,
            content ?? Encoding.UTF8.GetBytes(name),
            patient,
            null,
            label
        );
        return (await Get<ImageIntake>().AdmitAsync(image, default)).Id;
    }

    public Task<IReadOnlyList<AuditEntry>> AuditAsync() => Get<IAuditLog>().ReadLatestAsync(100, default);

    private async Task RegisterModelAsync()
    {
        var models = Get<IModelStore>();
        await Get<IBlobStore>()
            .PutAsync(BlobKeys.Model(Model, ModelBundle.ManifestFile), Encoding.UTF8.GetBytes(Manifest), default);
        await models.RegisterAsync(Model, Manifest, DateTimeOffset.UnixEpoch, default);
        await models.ActivateAsync(Model, default);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
