using System.Net;
using System.Net.Sockets;
using CxrCluster.Contracts.Faults;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxrCluster.Storage.Tests.Catalogue;

public sealed class CatalogueFaultsTests(EngineProcesses engines) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-faults-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_FolderIsAFile_SentenceNamesThePath()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "no folder", Cancel);
        var options = new CatalogueOptions { Path = Path.Combine(file, "catalogue.db") };

        string message = await FailAsync(options, initialize: true);

        Assert.Contains(options.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sqlite_FileIsNoDatabase_SentenceSaysSo()
    {
        var options = new CatalogueOptions { Path = Path.Combine(_folder, "catalogue.db") };
        await File.WriteAllTextAsync(options.Path, new string('x', 4096), Cancel);

        string message = await FailAsync(options, initialize: true);

        Assert.Contains("no SQLite database", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sqlite_FolderAbsentAndNotInitialised_SentenceSaysItCannotBeOpened()
    {
        var options = new CatalogueOptions { Path = Path.Combine(_folder, "absent", "catalogue.db") };

        string message = await FailAsync(options, initialize: false);

        Assert.Contains("cannot be opened", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postgres_NobodyListens_SentenceNamesTheServerAndNoPassword()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, not listening: connections are refused
        int port = ((IPEndPoint)reserved.LocalEndPoint!).Port;
        var options = new CatalogueOptions
        {
            Provider = CatalogueProvider.Postgres,
            ConnectionString = $"Host=127.0.0.1;Port={port};Username=cxr;Password=hunter2;Database=cxr",
        };

        string message = await FailAsync(options, initialize: true);

        Assert.Contains($"127.0.0.1:{port}, database cxr, user cxr", message, StringComparison.Ordinal);
        Assert.Contains("Check that the server runs", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postgres_NoSuchDatabase_SentenceSaysHowToMakeIt()
    {
        Engine engine = await engines.PostgresAsync();
        Assert.SkipWhen(engine.Absence is not null, engine.Absence ?? "");
        var options = new CatalogueOptions
        {
            Provider = CatalogueProvider.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(engine.ConnectionString)
            {
                Database = "nowhere",
                Password = "hunter2",
            }.ToString(),
        };

        string message = await FailAsync(options, initialize: true);

        Assert.Contains("createdb", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> FailAsync(CatalogueOptions options, bool initialize)
    {
        await using ServiceProvider node = CatalogueFixture.Open(options);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            initialize
                ? node.GetRequiredService<ICatalogueInitializer>().EnsureCreatedAsync(Cancel)
                : node.GetRequiredService<IInstanceStore>().CountByHospitalAsync(Cancel)
        );
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        return failure.Message;
    }
}
