using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Training;

public sealed class SegmenterTrainerTests : IDisposable
{
    private static readonly SegmenterTrainingOptions Small = new()
    {
        Epochs = 2,
        Shape = new(Depth: 3, BaseWidth: 4),
        Preprocessing = PreprocessingOptions.None(ToyData.Side),
        Threads = 1,
    };

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Train_Pairs_WritesTheSegmenterAndMeasuresTheHeldOut()
    {
        var result = Train(Small, 10, "new-folder/segmenter.safetensors");

        Assert.Equal((8, 2), (result.TrainingPairs, result.HeldOutPairs));
        Assert.Equal(2, result.HeldOutDice.Count);
        Assert.All(result.HeldOutDice.Values, dice => Assert.InRange(dice, 0, 1));
        Assert.Equal(result.HeldOutDice.Values.Average(), result.MeanDice);
        var file = SegmenterFile.Read(result.File);
        using var network = file.Network;
        Assert.Equal(Small.Shape, network.Shape);
        Assert.Equal(ToyData.Side, file.Side);
    }

    [Fact]
    public void Train_Discs_FindsTheHeldOutOnes()
    {
        var options = Small with { Epochs = 25, LearningRate = 2e-2, HeldOutCount = 4 };

        var result = Train(options, 24, "good.safetensors");

        Assert.True(result.MeanDice > 0.85, $"the mean Dice is {result.MeanDice}");
    }

    [Fact]
    public void Train_EqualSeeds_EqualFiles()
    {
        var one = Train(Small, 6, "one.safetensors");
        var other = Train(Small, 6, "other.safetensors");

        Assert.Equal(File.ReadAllBytes(one.File), File.ReadAllBytes(other.File));
    }

    [Fact]
    public void Train_Cancelled_WritesNoFile()
    {
        using var stop = new CancellationTokenSource();
        var reports = new Reports(r =>
        {
            if (r.Epoch == 2)
            {
                stop.Cancel();
            }
        });
        var (images, masks) = ToyFiles.WritePairs(_scratch, 6);

        Assert.Throws<OperationCanceledException>(() =>
            new SegmenterTrainer(Small).Train(images, masks, _scratch.At("none.safetensors"), reports, stop.Token)
        );
        Assert.False(File.Exists(_scratch.At("none.safetensors")));
    }

    [Fact]
    public void Train_NothingLeftToTrainOn_SaysSo()
    {
        var problem = Assert.Throws<InvalidTrainingDataException>(() =>
            Train(Small with { HeldOutCount = 5 }, 6, "none.safetensors")
        );

        Assert.Contains("6 pairs with 5 held out", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WrongOptions_SaysEveryOne()
    {
        var wrong = Small with
        {
            Epochs = 0,
            BatchSize = 1,
            Device = "tpu",
            Preprocessing = new() { Side = 33 },
        };

        var problem = Assert.Throws<ArgumentException>(() => new SegmenterTrainer(wrong)).Message;

        Assert.Contains("epochs is 0", problem, StringComparison.Ordinal);
        Assert.Contains("batch size is 1", problem, StringComparison.Ordinal);
        Assert.Contains("'tpu'", problem, StringComparison.Ordinal);
        Assert.Contains("33", problem, StringComparison.Ordinal);
    }

    private SegmenterTrainingResult Train(SegmenterTrainingOptions options, int pairs, string file)
    {
        var (images, masks) = ToyFiles.WritePairs(_scratch, pairs);
        return new SegmenterTrainer(options).Train(
            images,
            masks,
            _scratch.At(file),
            null,
            TestContext.Current.CancellationToken
        );
    }
}
