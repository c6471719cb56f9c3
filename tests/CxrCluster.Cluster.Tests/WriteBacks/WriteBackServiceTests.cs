using System.Security.Cryptography;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom;
using CxrCluster.Grains.Scoring;
using CxrCluster.Grains.WriteBacks;
using CxrCluster.Imaging;
using CxrCluster.Storage;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.WriteBacks;
using CxrCluster.Synthesis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Cluster.Tests.WriteBacks;

/// <summary>The service over a real catalogue and blob store; PACS, slots and clock are the test's.</summary>
public sealed class WriteBackServiceTests : IAsyncLifetime
{
    private static readonly HospitalId North = new("north");
    private static readonly ModelId Model = new("covid", "0123456789abcdef");
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-writeback-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2020, 4, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakePacs _pacs = new();
    private ServiceProvider _services = null!;
    private byte[] _dicom = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IWriteBackStore Outbox => _services.GetRequiredService<IWriteBackStore>();

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddCxrStorage(
            new CatalogueOptions { Path = Path.Combine(_folder, "catalogue.db") },
            new BlobOptions { Folder = Path.Combine(_folder, "blobs") }
        );
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(Cancel);
        var cohort = new SynthesisOptions
        {
            Patients = 1,
            Hospitals = 1,
            Side = 64,
            Format = SynthesisFormat.Dicom,
        };
        await new CohortSynthesizer(cohort).WriteAsync(Path.Combine(_folder, "cohort"), cancellationToken: Cancel);
        _dicom = await File.ReadAllBytesAsync(
            Directory.GetFiles(Path.Combine(_folder, "cohort", "images")).Order().First(),
            Cancel
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task SendDue_Assist_StoresReportAndHeatMapOnce()
    {
        await Outbox.SetModeAsync(North, WriteBackMode.Assist, Cancel);
        await ScoreAsync(_dicom);

        Assert.Equal(1, await Service().SendDueAsync(Cancel));
        Assert.Equal(0, await Service().SendDueAsync(Cancel));

        DicomHeader[] stored = [.. _pacs.Stored.Select(file => DicomHeaderReader.TryRead(file)!)];
        Assert.Equal(["SR", "OT"], stored.Select(file => file.Modality));
        string study = DicomHeaderReader.TryRead(_dicom)!.StudyInstanceUid;
        Assert.All(stored, file => Assert.Equal(study, file.StudyInstanceUid));
        Assert.Equal(1, (await Outbox.CountAsync(North, Cancel))[WriteBackState.Sent]);
    }

    [Theory]
    [InlineData(WriteBackMode.Off)]
    [InlineData(WriteBackMode.Silent)]
    public async Task SendDue_OtherModes_SendNothing(WriteBackMode mode)
    {
        await Outbox.SetModeAsync(North, mode, Cancel);
        await ScoreAsync(_dicom);

        Assert.Equal(0, await Service().SendDueAsync(Cancel));

        Assert.Empty(_pacs.Stored);
        Assert.Equal(mode == WriteBackMode.Silent ? 1 : 0, (await Outbox.CountAsync(North, Cancel)).Values.Sum());
    }

    [Fact]
    public async Task SendDue_AnswerWasLost_SendsTheSameBytesAgain()
    {
        await Outbox.SetModeAsync(North, WriteBackMode.Assist, Cancel);
        await ScoreAsync(_dicom);
        _pacs.Fault = new IOException("the connection was cut");
        Assert.Equal(0, await Service().SendDueAsync(Cancel));
        _pacs.Fault = null;
        Assert.Equal(0, await Service().SendDueAsync(Cancel)); // not yet

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await Service().SendDueAsync(Cancel));

        Assert.Equal(4, _pacs.Stored.Count);
        Assert.Equal(_pacs.Stored[0], _pacs.Stored[2]);
        Assert.Equal(_pacs.Stored[1], _pacs.Stored[3]);
    }

    [Fact]
    public async Task SendDue_NobodyThereForLong_ParksWithTheReason()
    {
        await Outbox.SetModeAsync(North, WriteBackMode.Assist, Cancel);
        await ScoreAsync(_dicom);
        _pacs.Fault = new IOException("nobody there");
        int attempts = 0;

        for (int i = 0; i < 40; i++, _time.Advance(TimeSpan.FromHours(1)))
        {
            int before = _pacs.Stored.Count;
            await Service().SendDueAsync(Cancel);
            attempts += _pacs.Stored.Count > before ? 1 : 0;
        }

        Assert.Equal(new WriteBackOptions().MaxAttempts, attempts);
        Assert.Equal(1, (await Outbox.CountAsync(North, Cancel))[WriteBackState.Parked]);
    }

    [Fact]
    public async Task SendDue_RefusedOrNoDicom_ParksAtOnceAndTheOthersGoOn()
    {
        await Outbox.SetModeAsync(North, WriteBackMode.Assist, Cancel);
        await ScoreAsync("no DICOM file"u8.ToArray());
        await ScoreAsync(_dicom);

        Assert.Equal(1, await Service().SendDueAsync(Cancel));

        var counts = await Outbox.CountAsync(North, Cancel);
        Assert.Equal((1, 1), (counts[WriteBackState.Parked], counts[WriteBackState.Sent]));

        _pacs.Fault = new ReportRefusedException("The PACS takes no reports.");
        await ScoreAsync([.. _dicom, 0, 0]);
        Assert.Equal(0, await Service().SendDueAsync(Cancel));
        Assert.Equal(2, (await Outbox.CountAsync(North, Cancel))[WriteBackState.Parked]);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(11, 3600)]
    public void PauseAfter_Failures_DoublesUpToTheLongest(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new WriteBackOptions().PauseAfter(attempts));

    private WriteBackService Service() =>
        new(
            Outbox,
            new ReportMaker(_services.GetRequiredService<IBlobStore>(), new FakeExplainer()),
            _pacs,
            Options.Create(new WriteBackOptions()),
            _time,
            NullLogger<WriteBackService>.Instance
        );

    private async Task ScoreAsync(byte[] content)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var image = new InstanceRecord
        {
            Id = new InstanceId(North, ContentUid.FromSha256(sha256)),
            Sha256 = sha256,
            BlobKey = $"images/north/{sha256}",
            Name = $"{sha256[..8]}.dcm",
            ReceivedAt = _time.GetUtcNow(),
        };
        await _services.GetRequiredService<IBlobStore>().PutAsync(image.BlobKey, content, Cancel);
        await _services.GetRequiredService<IInstanceStore>().UpsertAsync([image], Cancel);
        var score = new ScoreRecord
        {
            Instance = image.Id,
            Sha256 = sha256,
            Model = Model,
            ScoredAt = _time.GetUtcNow(),
            Score = new ImageScore
            {
                Outcome = ImageOutcome.Scored,
                Probability = 0.8,
                Threshold = 0.5,
                Embedding = [1],
            },
        };
        await _services.GetRequiredService<IScoreStore>().RecordAsync([score], Cancel);
    }

    private sealed class FakePacs : IReportTarget
    {
        public List<byte[]> Stored { get; } = [];

        public Exception? Fault { get; set; }

        public Task StoreAsync(
            HospitalId hospital,
            IReadOnlyList<ReadOnlyMemory<byte>> files,
            CancellationToken cancellationToken
        )
        {
            Assert.Equal(North, hospital);
            Stored.AddRange(files.Select(file => file.ToArray()));
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }

    private sealed class FakeExplainer : IExplainer
    {
        public Task<Explanation?> ExplainAsync(ImageSource image, ModelId model, CancellationToken cancellationToken)
        {
            SquareImage square = new(64, new byte[64 * 64]);
            return Task.FromResult<Explanation?>(new Explanation(square, square, square));
        }
    }
}
