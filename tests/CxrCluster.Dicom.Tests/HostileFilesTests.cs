using System.Diagnostics;
using System.Security.Cryptography;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests;

/// <summary>Files made to break decoders.</summary>
public sealed class HostileFilesTests
{
    private const string Soak = "CXR_SOAK";
    private const int Usual = 1_000;
    private const int Long = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_EveryHostileFile_IsReadOrRefusedWithASentence()
    {
        Gdcm.Demand();
        await using var pool = new DecoderPool(new DecoderOptions { Children = 2 }, TimeProvider.System);
        var reader = new DicomReader(new DicomOptions(), pool);
        foreach (var path in SharedFiles.Hostile)
        {
            await ReadAsync(reader, await File.ReadAllBytesAsync(path, Token), Path.GetFileName(path));
        }

        await AssertWorksAsync(reader);
    }

    [Fact]
    public async Task DecodeAsync_HostileFilesWithoutTheGuard_CostTwoChildrenEachAndNothingElse()
    {
        Gdcm.Demand();
        await using var pool = new DecoderPool(new DecoderOptions { Children = 1 }, TimeProvider.System);
        var survived = new List<string>();
        foreach (var path in SharedFiles.Hostile)
        {
            var bytes = await File.ReadAllBytesAsync(path, Token);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            try
            {
                await pool.DecodeAsync(bytes, hash, Token);
                survived.Add(path);
            }
            catch (InvalidDataException)
            {
                if (!pool.Quarantine.Holds(hash))
                {
                    survived.Add(path);
                }
            }

            // a good file in between: an answer ends the back-off
            await AssertWorksAsync(new DicomReader(new DicomOptions(), pool));
        }

        // Damaged memory is not always noticed: most of them kill, none does harm.
        Assert.InRange(survived.Count, 0, SharedFiles.Hostile.Count / 2);
    }

    [Fact]
    public async Task ReadAsync_RandomMutants_AreReadOrRefusedAndNothingIsLeft()
    {
        Gdcm.Demand();
        var count = Environment.GetEnvironmentVariable(Soak) == "1" ? Long : Usual;
        var pool = new DecoderPool(new DecoderOptions(), TimeProvider.System);
        var reader = new DicomReader(new DicomOptions(), pool);
        var seeds = Fixture
            .Syntaxes.Select(Fixture.Syntax)
            .Append(Raw())
            .Append(Fixture.Read("frames-jpegls.dcm"))
            .ToArray();
        var read = 0;
        await AssertWorksAsync(reader);
        var before = Settled();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token },
            async (i, _) =>
            {
                var mutant = Mutate(seeds[i % seeds.Length], new Random(i));
                if (await ReadAsync(reader, mutant, $"mutant-{i}"))
                {
                    Interlocked.Increment(ref read);
                }
            }
        );
        await AssertWorksAsync(reader);
        var children = pool.IdleChildren;
        await pool.DisposeAsync();
        var after = Settled();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} mutants: {read} read, {count - read} refused, {pool.Quarantine.Count} killed a child; "
                + $"working set {before >> 20} -> {after >> 20} MiB"
        );
        Assert.InRange(read, 1, count - 1);
        Assert.All(children, id => Assert.False(Directory.Exists($"/proc/{id}")));
        Assert.InRange(after - before, long.MinValue, 200L << 20);
    }

    /// <summary>Whether it was read; every other end than a sentence fails the test.</summary>
    private static async Task<bool> ReadAsync(DicomReader reader, byte[] bytes, string name)
    {
        try
        {
            await reader.ReadAsync(bytes, name, Token);
            return true;
        }
        catch (UnreadableImageException exception)
        {
            Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static async Task AssertWorksAsync(DicomReader reader)
    {
        var image = await reader.ReadAsync(Fixture.Syntax("jpegls"), "good", Token);
        Assert.Equal(Fixture.Truth(12), image.Radiograph.Pixels.Select(p => (int)p));
    }

    /// <summary>Bytes changed anywhere, in the last two thirds (the stream), in a run, or cut off.</summary>
    private static byte[] Mutate(byte[] seed, Random random)
    {
        var mutant = (byte[])seed.Clone();
        switch (random.Next(4))
        {
            case 0:
                Hit(mutant, 132, random);
                break;
            case 1:
                Hit(mutant, mutant.Length / 3, random);
                break;
            case 2:
                var start = random.Next(132, mutant.Length);
                mutant.AsSpan(start, Math.Min(random.Next(1, 64), mutant.Length - start)).Fill((byte)random.Next(256));
                break;
            default:
                // without its middle: the end mark is still there
                var cut = random.Next(132, mutant.Length - 16);
                var gap = random.Next(1, mutant.Length - cut - 8);
                mutant = [.. mutant[..cut], .. mutant[(cut + gap)..]];
                break;
        }

        return mutant;
    }

    private static void Hit(byte[] mutant, int from, Random random)
    {
        for (var hits = random.Next(1, 8); hits > 0; hits--)
        {
            mutant[random.Next(from, mutant.Length)] = (byte)random.Next(256);
        }
    }

    private static byte[] Raw() => DicomBuilder.Chest(80, 96, 12).Pixels(Fixture.Truth(12)).Build();

    private static long Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
