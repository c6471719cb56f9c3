using CxrCluster.Imaging;
using CxrCluster.Learning.Training;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Learning.Tests.Training;

public sealed class BatchFeedTests
{
    private static readonly ClassifierTrainingOptions Options = new() { Epochs = 3, BatchSize = 4 };

    [Fact]
    public void Batches_AnySizes_HoldEverySampleOnceAndDifferByOneAtMost()
    {
        var sizes = Gen.Choose(1, 60).Zip(Gen.Choose(2, 20));
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                sizes.ToArbitrary(),
                s =>
                {
                    var (count, size) = s;
                    var batches = BatchFeed.Batches(1, 1, count, size);
                    Assert.Equal(Enumerable.Range(0, count), batches.SelectMany(b => b).Order());
                    Assert.True(batches.Max(b => b.Count) <= size);
                    Assert.True(batches.Max(b => b.Count) - batches.Min(b => b.Count) <= 1);
                    Assert.Equal((int)Math.Ceiling((double)count / size), batches.Count);
                }
            )
        );
    }

    [Fact]
    public void Next_TwoFeeds_GiveEqualSquaresInNewOrdersEveryEpoch()
    {
        var (first, second) = (All(firstEpoch: 1), All(firstEpoch: 1));

        Assert.Equal(9, first.Count);
        Assert.Equal(first.Select(Content), second.Select(Content));
        var orders = first.GroupBy(b => b.Epoch).Select(e => e.SelectMany(b => b.Indices).ToList()).ToList();
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 10), order.Order()));
        Assert.Equal(3, orders.Select(o => string.Join(' ', o)).Distinct().Count());
    }

    [Fact]
    public void Next_BegunLater_GivesWhatTheWholeTrainingGets()
    {
        Assert.Equal(All(firstEpoch: 1).Skip(6).Select(Content), All(firstEpoch: 3).Select(Content));
    }

    [Fact]
    public void Next_OtherBatchSize_ChangesNoImage()
    {
        var (small, large) = (All(1), All(1, Options with { BatchSize = 7 }));

        Assert.Equal(ByImage(small), ByImage(large));

        static IEnumerable<string> ByImage(List<TrainingBatch> batches) =>
            batches
                .SelectMany(b => b.Indices.Zip(b.Squares, (i, s) => $"{b.Epoch} {i} {Hex(s.Image)} {Hex(s.Map)}"))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Next_AfterTheLastEpoch_IsRefused()
    {
        using var feed = new BatchFeed(Samples(), Options with { Epochs = 1 }, 1);
        for (var i = 0; i < 3; i++)
        {
            feed.Next(TestContext.Current.CancellationToken);
        }

        Assert.Throws<InvalidOperationException>(() => feed.Next(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Next_SampleThatCannotBeRead_ThrowsWhatReadingThrew()
    {
        using var feed = new BatchFeed(
            [("a", () => throw new IOException("gone")), ("b", () => throw new IOException("gone"))],
            Options,
            1
        );

        Assert.Equal(
            "gone",
            Assert.Throws<IOException>(() => feed.Next(TestContext.Current.CancellationToken)).Message
        );
    }

    [Fact]
    public void Dispose_BatchesNobodyFetched_Returns()
    {
        var feed = new BatchFeed(Samples(), Options, 1);
        feed.Next(TestContext.Current.CancellationToken);

        feed.Dispose();
    }

    private static List<TrainingBatch> All(int firstEpoch, ClassifierTrainingOptions? options = null)
    {
        using var feed = new BatchFeed(Samples(), options ?? Options, firstEpoch);
        var batches = new List<TrainingBatch>();
        do
        {
            batches.Add(feed.Next(TestContext.Current.CancellationToken));
        } while (batches[^1] is not { Epoch: 3 } last || last.Step < last.Steps);

        return batches;
    }

    private static IReadOnlyList<(string, Func<(SquareImage, SquareImage)>)> Samples() =>
        [.. ToyData.Cohort(5).Select(s => (s.Row.Image, s.Read))];

    private static string Content(TrainingBatch batch) =>
        $"{batch.Epoch}.{batch.Step}: {string.Join(' ', batch.Squares.Select(s => $"{Hex(s.Image)} {Hex(s.Map)}"))}";

    private static string Hex(SquareImage square) => Convert.ToHexString(square.Pixels);
}
