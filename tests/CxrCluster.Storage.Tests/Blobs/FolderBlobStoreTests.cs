using CxrCluster.Contracts.Faults;
using CxrCluster.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Storage.Tests.Blobs;

public sealed class FolderBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxr-blobs-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public FolderBlobStoreTests() => Store = new FolderBlobStore(_folder, _time);

    internal override IBlobStore Store { get; }

    [Fact]
    public async Task List_WriterDied_WhatItLeftIsNotListedAndSweptADayLater()
    {
        string incoming = Path.Combine(_folder, ".incoming");
        Directory.CreateDirectory(incoming);
        string left = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(left, "half a blob", Cancel);

        await Store.PutAsync(Key("a"), "x"u8.ToArray(), Cancel);
        Assert.Equal([Key("a")], await Store.ListAsync("", Cancel).ToListAsync(Cancel));
        Assert.True(File.Exists(left)); // its writer may still live

        _time.Advance(TimeSpan.FromHours(25));
        await new FolderBlobStore(_folder, _time).PutAsync(Key("b"), "x"u8.ToArray(), Cancel);
        Assert.Empty(Directory.GetFiles(incoming));
    }

    [Fact]
    public async Task Upload_SourceFails_NothingIsStoredOrLeft()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Store.UploadAsync(Key("a"), new FailingStream(), Cancel));

        Assert.Null(await Store.GetAsync(Key("a"), Cancel));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, ".incoming")));
    }

    [Fact]
    public async Task AnyCall_FolderIsAFile_SentenceNamesTheFolder()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "no folder", Cancel);
        var store = new FolderBlobStore(file, _time);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CheckAsync(Cancel));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Gives some bytes, then breaks.</summary>
    private sealed class FailingStream : MemoryStream
    {
        private int _reads;

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            ++_reads > 0
                ? CopySomeAsync(destination, cancellationToken)
                : base.CopyToAsync(destination, bufferSize, cancellationToken);

        private static async Task CopySomeAsync(Stream destination, CancellationToken cancellationToken)
        {
            await destination.WriteAsync("some bytes"u8.ToArray(), cancellationToken);
            throw new NotSupportedException("The sender hung up.");
        }
    }
}
