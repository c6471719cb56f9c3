using System.Diagnostics;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Dicom.Tests.Decoding;

/// <summary>What the pool does when children misbehave.</summary>
public sealed class DecoderPoolFaultTests : IDisposable
{
    private static readonly byte[] File = [1, 2, 3];

    private readonly ScriptedChild _script = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("exit 7")]
    [InlineData("kill -SEGV $$")]
    [InlineData("head -c 4; echo this is no reply of the protocol and long enough to be read as one; exec sleep 1000")]
    public async Task DecodeAsync_ChildrenDieOnAFile_TwoAreSpentThenItIsInQuarantine(string death)
    {
        await using var pool = Pool(_script.ReadyThen(death));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => pool.DecodeAsync(File, "hash", Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => pool.DecodeAsync(File, "hash", Token));

        Assert.Contains("ended 2 decoders", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, _script.Starts);
        Assert.Empty(pool.IdleChildren);
    }

    [Fact]
    public async Task DecodeAsync_ChildHangs_IsKilledAtTheTimeout()
    {
        await using var pool = Pool(
            _script.ReadyThen("exec sleep 1000"),
            new DecoderOptions { ImageTimeout = TimeSpan.FromMilliseconds(200) }
        );

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => pool.DecodeAsync(File, "hash", Token));

        Assert.Contains("longer than the 0.2 s", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, _script.Starts);
        Assert.False(pool.Quarantine.Holds("hash"));
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_EndsTheChildAndBlamesNobody()
    {
        await using var pool = Pool(_script.ReadyThen("exec sleep 1000"));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var decoding = pool.DecodeAsync(File, "hash", cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decoding);
        Assert.Equal(0, pool.Quarantine.Count);
    }

    [Fact]
    public async Task DecodeAsync_ChildrenDoNotStart_SaysWhatToInstallAndBlamesNoFile()
    {
        await using var pool = Pool(_script.Running("exit 131"));

        var exception = await Assert.ThrowsAsync<DecoderUnavailableException>(() =>
            pool.DecodeAsync(File, "hash", Token)
        );

        Assert.Contains("libgdcm-cil", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Quarantine.Count);
    }

    [Fact]
    public async Task DecodeAsync_QueueFull_TurnsAway()
    {
        await using var pool = Pool(
            _script.ReadyThen("exec sleep 1000"),
            new DecoderOptions { Children = 1, QueueCapacity = 2 }
        );
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Enumerable.Range(0, 3).Select(i => pool.DecodeAsync(File, $"{i}", cancel.Token)).ToList();

        Assert.Equal(2, pool.Waiting);
        await Assert.ThrowsAsync<DecoderBusyException>(() => pool.DecodeAsync(File, "more", Token));
        await cancel.CancelAsync();
        foreach (var task in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        Assert.Equal(0, pool.Waiting);
    }

    [Fact]
    public async Task ReadAsync_NoGdcm_RefusesCompressedPixelsAndReadsTheRest()
    {
        var options = new DicomOptions { Decoder = new DecoderOptions { GdcmFolder = "/nonexistent" } };
        await using var pool = new DecoderPool(options.Decoder, TimeProvider.System);
        var reader = new DicomReader(options, pool);

        var exception = await Assert.ThrowsAsync<DecoderUnavailableException>(() =>
            reader.ReadAsync(Fixture.Syntax("jpegls"), "IM0001", Token)
        );

        Assert.StartsWith("IM0001 cannot be used: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libgdcm-cil", exception.Message, StringComparison.Ordinal);
        Assert.Equal(96, (await reader.ReadAsync(Fixture.Syntax("rle"), "IM0002", Token)).Radiograph.Width);
    }

    [Fact]
    public async Task DecodeAsync_IdleChildKilled_IsReplaced()
    {
        Gdcm.Demand();
        await using var pool = new DecoderPool(new DecoderOptions { Children = 1 }, TimeProvider.System);
        var reader = new DicomReader(new DicomOptions(), pool);
        await reader.ReadAsync(Fixture.Syntax("jpegls"), "first", Token);
        var before = Assert.Single(pool.IdleChildren);
        using (var child = Process.GetProcessById(before))
        {
            child.Kill();
            await child.WaitForExitAsync(Token);
        }

        Radiograph picture = (await reader.ReadAsync(Fixture.Syntax("jpegls"), "second", Token)).Radiograph;

        Assert.Equal(Fixture.Truth(12), picture.Pixels.Select(p => (int)p));
        Assert.NotEqual(before, Assert.Single(pool.IdleChildren));
    }

    [Fact]
    public async Task DecodeAsync_ImagesPerChildReached_ReplacesIt()
    {
        Gdcm.Demand();
        await using var pool = new DecoderPool(
            new DecoderOptions { Children = 1, ImagesPerChild = 2 },
            TimeProvider.System
        );
        var reader = new DicomReader(new DicomOptions(), pool);

        await reader.ReadAsync(Fixture.Syntax("jpegls"), "1", Token);
        Assert.Single(pool.IdleChildren);
        await reader.ReadAsync(Fixture.Syntax("jpegls"), "2", Token);

        Assert.Empty(pool.IdleChildren);
    }

    [Fact]
    public async Task Children_AreConfined()
    {
        Gdcm.Demand();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits and filter are Linux's");
        var pool = new DecoderPool(new DecoderOptions { Children = 1 }, TimeProvider.System);
        var description = await pool.CheckAsync(Token);
        var id = Assert.Single(pool.IdleChildren);

        var status = await System.IO.File.ReadAllLinesAsync($"/proc/{id}/status", Token);
        var limits = await System.IO.File.ReadAllLinesAsync($"/proc/{id}/limits", Token);
        var environment = await System.IO.File.ReadAllTextAsync($"/proc/{id}/environ", Token);
        await pool.DisposeAsync();

        Assert.Contains("no network", description, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status);
        Assert.Contains("Seccomp:\t2", status);
        Assert.Contains(
            limits,
            l =>
                l.StartsWith("Max open files", StringComparison.Ordinal) && l.Contains(" 64 ", StringComparison.Ordinal)
        );
        Assert.Contains(
            limits,
            l =>
                l.StartsWith("Max core file size", StringComparison.Ordinal)
                && l.Contains(" 0 ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            limits,
            l =>
                l.StartsWith("Max address space", StringComparison.Ordinal)
                && l.Contains("unlimited", StringComparison.Ordinal)
        );
        Assert.All(
            environment.Split('\0', StringSplitOptions.RemoveEmptyEntries),
            v => Assert.StartsWith("DOTNET_", v, StringComparison.Ordinal)
        );
        Assert.False(Directory.Exists($"/proc/{id}")); // ended with its pool
    }

    [Fact]
    public void Quarantine_Full_ForgetsTheLongestUnseen()
    {
        var quarantine = new Quarantine(2);
        quarantine.AddDeath("a");
        quarantine.AddDeath("b");
        quarantine.AddDeath("a");
        quarantine.AddDeath("c");

        Assert.Equal(2, quarantine.Count);
        Assert.True(quarantine.Holds("a"));
        Assert.Equal(1, quarantine.AddDeath("b")); // forgotten, so this is its first
    }

    [Fact]
    public void RestartBackOff_DeathsInARow_WaitLongerUpToFiveSeconds()
    {
        var time = new FakeTimeProvider();
        var backOff = new RestartBackOff(time);
        var pauses = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            backOff.Died();
            pauses.Add(backOff.Remaining.TotalMilliseconds);
        }

        Assert.Equal([0, 0, 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000], pauses);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3000, backOff.Remaining.TotalMilliseconds);
        backOff.Answered();
        Assert.Equal(TimeSpan.Zero, backOff.Remaining);
    }

    [Fact]
    public void Validate_Defaults_AreRight_AndNonsenseIsNamed()
    {
        Assert.Empty(new DicomOptions().Validate());
        var wrong = new DicomOptions
        {
            Modalities = { "" },
            Decoder = new DecoderOptions
            {
                Children = -1,
                QueueCapacity = 0,
                ImageTimeout = TimeSpan.Zero,
                CpuSeconds = 0,
                MemoryBytes = 1,
                Descriptors = 3,
                ImagesPerChild = 0,
                GdcmFolder = "",
            },
        };
        Assert.Equal(9, wrong.Validate().Count());
    }

    private static DecoderPool Pool(Func<ProcessStartInfo> program, DecoderOptions? options = null) =>
        new(options ?? new DecoderOptions { Children = 1 }, TimeProvider.System, null, program);
}
