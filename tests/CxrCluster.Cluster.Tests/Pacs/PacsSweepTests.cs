using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Dicom.Tests.Web;
using CxrCluster.Dicom.Web;
using CxrCluster.Grains.Pacs;
using CxrCluster.Storage;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Cluster.Tests.Pacs;

/// <summary>Sweeps by a clock that the test turns.</summary>
public sealed class PacsSweepTests : IAsyncLifetime
{
    private static readonly HospitalId North = new("north");

    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-sweep-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2020, 4, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly PacsOptions _options = new();
    private ServiceProvider _services = null!;
    private FakePacs _pacs = null!;
    private PacsLease _lease = null!;
    private PacsClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPacsStore Ledger => _services.GetRequiredService<IPacsStore>();

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddCxrStorage(new CatalogueOptions { Path = Path.Combine(_folder, "catalogue.db") }, new BlobOptions())
            .BuildServiceProvider();
        await _services.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(Token);
        _pacs = await FakePacs.StartAsync();
        await Ledger.PutSourceAsync(new PacsSource { Hospital = North, Url = _pacs.Url }, Token);
        _lease = (await Ledger.TakeOverAsync(North, Token))!.Value.Lease;
        _client = new PacsClient(
            new PacsEndpoint { Hospital = "north", Url = _pacs.Url },
            new PacsClientOptions(),
            new Random(1),
            TimeProvider.System
        );
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _pacs.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Sweep_StudyOf2019ThatArrivesLate_FoundByTheNightlySweepAndNoneBefore()
    {
        DateTimeOffset? month = null;
        DateTimeOffset? all = null;
        DateTimeOffset? foundAt = null;
        var late = new SopInstanceUid("1.2.2019");
        for (int hour = 0; hour < 24 && foundAt is null; hour++, _time.Advance(TimeSpan.FromHours(1)))
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (PacsSchedule.WideDue(month, all, now, _options) is { } kind)
            {
                await SweepAsync(kind);
                month = now;
                all = kind == PacsSweepKind.All ? now : all;
            }
            await SweepAsync(PacsSweepKind.Recent);
            if (hour == 0)
                _pacs.Add(late.Value, new DateOnly(2019, 5, 5));
            if (await Ledger.FindAsync(new InstanceId(North, late), Token) is not null)
                foundAt = now;
        }
        Assert.Equal(new DateTimeOffset(2020, 4, 2, _options.NightlyHour, 0, 0, TimeSpan.Zero), foundAt);
    }

    [Fact]
    public async Task Sweep_StudyThatGrows_SettlesWhenItStopsAndItsNewcomersAreSeen()
    {
        DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        _pacs.Add("1.2.1", today, study: "1.9");
        await SweepAsync(PacsSweepKind.Recent);
        _pacs.Add("1.2.2", today, study: "1.9");
        _time.Advance(_options.SettleAfter);
        Assert.True(await Sweeper().SettleAsync(_client, _lease, Token)); // it has grown: one listing of two
        _time.Advance(_options.SettleAfter);
        Assert.True(await Sweeper().SettleAsync(_client, _lease, Token)); // a second, equal one
        _time.Advance(_options.SettleAfter);

        Assert.False(await Sweeper().SettleAsync(_client, _lease, Token));
        Assert.Equal(2, (await Ledger.ReadToFetchAsync(North, _time.GetUtcNow(), 10, Token)).Count);
    }

    [Fact]
    public async Task Sweep_StudyDeletedWhileItGrew_SettlesAllTheSame()
    {
        _pacs.Add("1.2.1", DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        await SweepAsync(PacsSweepKind.Recent);
        _pacs.Instances.Clear();
        _time.Advance(_options.SettleAfter);

        Assert.True(await Sweeper().SettleAsync(_client, _lease, Token));
        _time.Advance(_options.SettleAfter);
        Assert.False(await Sweeper().SettleAsync(_client, _lease, Token));
    }

    [Fact]
    public async Task Sweep_SettledStudies_AreNotListedAgain()
    {
        for (int i = 0; i < 5; i++)
            _pacs.Add($"1.2.{i}", new DateOnly(2020, 1, 1));
        await SweepAsync(PacsSweepKind.All);
        await SweepAsync(PacsSweepKind.All);
        _pacs.Requests.Clear();

        await SweepAsync(PacsSweepKind.All);

        Assert.Single(_pacs.Requests); // the studies alone
    }

    [Fact]
    public void WideDue_Restart_EverythingFirst() =>
        Assert.Equal(PacsSweepKind.All, PacsSchedule.WideDue(null, null, _time.GetUtcNow(), _options));

    [Fact]
    public void Validate_Defaults_Right() => Assert.Empty(_options.Validate());

    private PacsSweeper Sweeper() =>
        new(Ledger, new DicomOptions(), Options.Create(_options), _time, NullLogger<PacsSweeper>.Instance);

    private Task SweepAsync(PacsSweepKind kind) =>
        Sweeper()
            .SweepAsync(
                _client,
                _lease,
                PacsSchedule.DatesOf(kind, _time.GetUtcNow(), _options),
                refetchFrom: null,
                Token
            );
}
