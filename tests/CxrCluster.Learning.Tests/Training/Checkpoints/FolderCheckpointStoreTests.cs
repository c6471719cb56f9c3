using System.Text;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Training;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training.Checkpoints;

public sealed class FolderCheckpointStoreTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly List<string> _warnings = [];
    private readonly FolderCheckpointStore _store;

    public FolderCheckpointStoreTests() => _store = new(_scratch.At("checkpoints"), _warnings.Add);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void OpenLatest_NothingSaved_IsNull() => Assert.Null(_store.OpenLatest());

    [Fact]
    public void OpenLatest_AfterManySaves_IsTheNewestAndOneMoreIsKept()
    {
        for (var epoch = 8; epoch <= 11; epoch++)
        {
            Save(epoch);
        }

        Assert.Equal(11, Latest());
        Assert.Equal(
            ["epoch-000010.checkpoint", "epoch-000011.checkpoint"],
            Directory.EnumerateFiles(_scratch.At("checkpoints")).Select(Path.GetFileName).Order()
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    public void OpenLatest_NewestHasAFlippedBit_FallsBackAndSaysSo(int at)
    {
        Save(1);
        Save(2);
        var path = _scratch.At("checkpoints", "epoch-000002.checkpoint");
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? ^1 : at] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(1, Latest());
        Assert.Contains("epoch-000002.checkpoint is damaged", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenLatest_CutAtAnyLength_IsNeverBelieved()
    {
        Save(1);
        Save(2);
        var path = _scratch.At("checkpoints", "epoch-000002.checkpoint");
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Equal(1, Latest());
        }
    }

    [Fact]
    public void Save_DiskFull_LeavesTheOneBefore()
    {
        Save(1);

        Assert.Throws<IOException>(() =>
            _store.Save(
                2,
                stream =>
                {
                    stream.Write(Encoding.ASCII.GetBytes("half"));
                    throw new IOException("No space left on device");
                }
            )
        );

        Assert.Equal(1, Latest());
        Assert.Single(Directory.EnumerateFiles(_scratch.At("checkpoints")));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Clear_TakesTheFolderAway()
    {
        Save(1);
        File.WriteAllText(_scratch.At("checkpoints", "epoch-000002.checkpoint.0123.tmp"), "killed while writing");

        _store.Clear();

        Assert.False(Directory.Exists(_scratch.At("checkpoints")));
        _store.Clear();
    }

    private void Save(int epoch)
    {
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a"] = arange(5), ["b"] = tensor(1L) };
        var header = new CheckpointHeader
        {
            Fingerprint = new Dictionary<string, string>(StringComparer.Ordinal),
            Step = epoch,
            KeptEpoch = epoch,
            History = [],
        };
        _store.Save(epoch, stream => CheckpointFile.Write(stream, header, values));
    }

    private int Latest()
    {
        using var scope = NewDisposeScope();
        using var stream = _store.OpenLatest();
        var step = 0;
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["a"] = zeros(5, int64),
            ["b"] = tensor(0L),
        };
        CheckpointFile.Read(
            stream!,
            header =>
            {
                step = header.Step;
                return values;
            }
        );
        Assert.Equal([0L, 1L, 2L, 3L, 4L], values["a"].data<long>().ToArray());
        Assert.Equal(1L, values["b"].item<long>());
        return step;
    }
}
