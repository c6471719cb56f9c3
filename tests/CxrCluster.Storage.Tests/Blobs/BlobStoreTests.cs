using System.Text;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Storage.Tests.Blobs;

/// <summary>Tests that every engine's blob store must pass. Keys start with a folder of the test's own.</summary>
public abstract class BlobStoreTests
{
    private readonly string _home = $"t{Guid.NewGuid():N}";

    internal abstract IBlobStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ThenGet_TheSameBytes()
    {
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);

        await Store.PutAsync(Key("a/b.bin"), content, Cancel);
        using var copy = new MemoryStream();

        Assert.Equal(content, await Store.GetAsync(Key("a/b.bin"), Cancel));
        Assert.True(await Store.DownloadAsync(Key("a/b.bin"), copy, Cancel));
        Assert.Equal(content, copy.ToArray());
        Assert.True(await Store.ExistsAsync(Key("a/b.bin"), Cancel));
    }

    [Fact]
    public async Task Put_Empty_IsThereAndEmpty()
    {
        await Store.PutAsync(Key("empty"), ReadOnlyMemory<byte>.Empty, Cancel);

        Assert.Equal(Array.Empty<byte>(), await Store.GetAsync(Key("empty"), Cancel));
    }

    [Fact]
    public async Task Put_KeyTaken_Replaces()
    {
        await Store.PutAsync(Key("a"), "one and more"u8.ToArray(), Cancel);
        await Store.PutAsync(Key("a"), "two"u8.ToArray(), Cancel);
        Assert.Equal("two", await TextAsync("a"));

        using var stream = new MemoryStream("three"u8.ToArray());
        await Store.UploadAsync(Key("a"), stream, Cancel);
        Assert.Equal("three", await TextAsync("a"));
    }

    [Fact]
    public async Task Get_Absent_NullAndFalse()
    {
        using var nowhere = new MemoryStream();

        Assert.Null(await Store.GetAsync(Key("absent"), Cancel));
        Assert.False(await Store.DownloadAsync(Key("absent"), nowhere, Cancel));
        Assert.False(await Store.ExistsAsync(Key("absent"), Cancel));
        await Store.DeleteAsync(Key("absent"), Cancel);
        Assert.Empty(await ListAsync("absent"));
    }

    [Fact]
    public async Task Delete_Present_IsGoneAndTheKeyIsFree()
    {
        await Store.PutAsync(Key("a/b"), "one"u8.ToArray(), Cancel);

        await Store.DeleteAsync(Key("a/b"), Cancel);

        Assert.Null(await Store.GetAsync(Key("a/b"), Cancel));
        Assert.True(await Store.PutIfAbsentAsync(Key("a/b"), "two"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task PutIfAbsent_KeyTaken_FalseAndTheFirstStays()
    {
        Assert.True(await Store.PutIfAbsentAsync(Key("a"), "one"u8.ToArray(), Cancel));
        Assert.False(await Store.PutIfAbsentAsync(Key("a"), "two"u8.ToArray(), Cancel));

        Assert.Equal("one", await TextAsync("a"));
    }

    [Fact]
    public async Task PutIfAbsent_ManyAtOnce_ExactlyOneIsFirst()
    {
        for (int round = 0; round < 30; round++)
        {
            string key = Key($"race/{round}");

            bool[] first = await Task.WhenAll(
                Enumerable
                    .Range(0, 12)
                    .Select(n => Task.Run(() => Store.PutIfAbsentAsync(key, Filled(n), Cancel), Cancel))
            );

            int winner = Assert.Single(Enumerable.Range(0, 12), n => first[n]);
            Assert.Equal(Filled(winner), await Store.GetAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task Put_WhileOthersRead_NobodySeesAPart()
    {
        string key = Key("shared");
        await Store.PutAsync(key, Filled(0), Cancel);
        Task writing = Task.Run(
            async () =>
            {
                for (byte n = 1; n < 40; n++)
                    await Store.PutAsync(key, Filled(n), Cancel);
            },
            Cancel
        );

        do
        {
            byte[] content = (await Store.GetAsync(key, Cancel))!;
            Assert.Equal(Filled(content[0]), content);
        } while (!writing.IsCompleted);

        await writing;
        Assert.Equal(Filled(39), await Store.GetAsync(key, Cancel));
    }

    [Fact]
    public async Task List_Prefix_ItsKeysInOrdinalOrder()
    {
        string[] keys = ["a/b/1", "a/b-c", "a/b.d", "a/b/0", "ab", "a/bb/1", "b"];
        foreach (string key in keys)
            await Store.PutAsync(Key(key), "x"u8.ToArray(), Cancel);

        Assert.Equal(["a/b-c", "a/b.d", "a/b/0", "a/b/1", "a/bb/1", "ab", "b"], await ListAsync(""));
        Assert.Equal(["a/b-c", "a/b.d", "a/b/0", "a/b/1", "a/bb/1"], await ListAsync("a/b"));
        Assert.Equal(["a/b/0", "a/b/1"], await ListAsync("a/b/"));
        Assert.Equal(["ab"], await ListAsync("ab"));
        Assert.Empty(await ListAsync("c"));
    }

    [Fact]
    public async Task AnyCall_KeyThatLeavesTheStore_IsRefused()
    {
        string[] keys =
        [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a/..",
            "a/./b",
            "a//b",
            "a/",
            "a\\b",
            "..\\b",
            "a\0b",
            "a\n",
            "A",
            "ä",
            "c:/x",
            ".incoming/x",
            "a/.hidden",
            "a b",
            "%2e%2e/x",
            new string('a', 256),
            string.Join('/', Enumerable.Repeat("abcdefgh", 120)),
        ];
        foreach (string key in keys)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync(key, new byte[1], Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, new byte[1], Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.UploadAsync(key, Stream.Null, Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(key, Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.DownloadAsync(key, Stream.Null, Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ExistsAsync(key, Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, Cancel));
        }
        foreach (string prefix in (string[])["/", "../", "a/../", "a//", ".incoming/"])
            await Assert.ThrowsAsync<ArgumentException>(async () =>
                await Store.ListAsync(prefix, Cancel).ToListAsync(Cancel)
            );
    }

    [Fact]
    public async Task Check_StoreWorks_LeavesNothingBehind()
    {
        await Store.CheckAsync(Cancel);

        Assert.Empty(await Store.ListAsync("probe/", Cancel).ToListAsync(Cancel));
    }

    protected string Key(string name) => $"{_home}/{name}";

    /// <summary>A blob that tells from its first byte what all the others must be.</summary>
    private static byte[] Filled(int n)
    {
        byte[] content = new byte[50_000];
        Array.Fill(content, (byte)n);
        return content;
    }

    private async Task<string> TextAsync(string name) =>
        Encoding.UTF8.GetString((await Store.GetAsync(Key(name), Cancel))!);

    private async Task<string[]> ListAsync(string prefix) =>
        await Store.ListAsync(Key(prefix), Cancel).Select(key => key[(_home.Length + 1)..]).ToArrayAsync(Cancel);
}
