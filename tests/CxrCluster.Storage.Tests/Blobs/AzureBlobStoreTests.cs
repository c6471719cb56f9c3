using System.Net;
using System.Net.Sockets;
using CxrCluster.Contracts.Faults;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Blobs;

public sealed class AzureBlobStoreTests(EngineProcesses engines) : BlobStoreTests, IAsyncLifetime
{
    private IBlobStore? _store;
    private string _connectionString = "";

    internal override IBlobStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        Engine engine = await engines.AzuriteAsync();
        Assert.SkipWhen(engine.Absence is not null, engine.Absence ?? "");
        _connectionString = engine.ConnectionString!;
        _store = new AzureBlobStore(_connectionString, $"test-{Guid.NewGuid():N}"); // absent until something is written
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AnyCall_ContainerAbsent_AsIfEmpty()
    {
        Assert.Null(await Store.GetAsync("a", Cancel));
        Assert.False(await Store.ExistsAsync("a", Cancel));
        Assert.Empty(await Store.ListAsync("", Cancel).ToListAsync(Cancel));
        await Store.DeleteAsync("a", Cancel);
    }

    [Fact]
    public async Task Upload_StreamThatCannotSeek_IsStoredWhole()
    {
        byte[] content = new byte[5_000_000];
        new Random(2).NextBytes(content);
        using var client = new MemoryStream(content);
        await using Stream source = new BufferedStream(new ForwardOnly(client));

        await Store.UploadAsync(Key("large"), source, Cancel);

        Assert.Equal(content, await Store.GetAsync(Key("large"), Cancel));
    }

    [Fact]
    public async Task AnyCall_WrongKey_SentenceSaysSoWithoutTheKey()
    {
        string wrong = Convert.ToBase64String("this is another key than the account's"u8);
        var store = new AzureBlobStore(WithKey(_connectionString, wrong), "test");

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CheckAsync(Cancel));

        Assert.Contains("403", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_NobodyListens_SentenceNamesTheAddressWithoutTheKey()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, not listening: connections are refused
        string address = $"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}/cxr";
        string key = Convert.ToBase64String("a secret that nobody is to see"u8);
        var store = new AzureBlobStore($"AccountName=cxr;AccountKey={key};BlobEndpoint={address}", "test");

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.GetAsync("a", Cancel));

        Assert.Contains($"{address}/test", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, failure.ToString(), StringComparison.Ordinal);
    }

    private static string WithKey(string connectionString, string key) =>
        string.Join(
            ';',
            connectionString
                .Split(';')
                .Select(p => p.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={key}" : p)
        );

    private sealed class ForwardOnly(Stream inner) : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => inner.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);
    }
}
