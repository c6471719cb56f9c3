using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

public class ClassifierNetworkTests
{
    [Fact]
    public void Create_UnknownArchitecture_ListsTheKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => ClassifierNetwork.Create("resnet51"));

        Assert.Contains("'resnet51'", error.Message, StringComparison.Ordinal);
        Assert.All(
            ClassifierNetwork.Architectures,
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(5000, 0.5)]
    [InlineData(128, 1.0)]
    [InlineData(128, -0.1)]
    [InlineData(128, double.NaN)]
    public void Create_SizeOutOfRange_Throws(int embeddingSize, double dropout) =>
        Assert.Throws<ArgumentException>(() => ClassifierNetwork.Create("resnet34", embeddingSize, dropout));

    [Fact]
    public void ForwardBoth_Evaluation_GivesLogitsAndTheVectorBeforeTheLastLayer()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Randomise(ClassifierNetwork.Create("resnet34", 24), 1);
        using IDisposable noGrad = no_grad();

        (Tensor logits, Tensor embedding) = network.ForwardBoth(TestNetworks.Uniform(1, 3, 3, 64, 96));

        Assert.Equal([3L, 2], logits.shape);
        Assert.Equal([3L, 24], embedding.shape);
        Tensor last = nn.functional.linear(
            embedding,
            network.get_parameter("head.2.weight")!,
            network.get_parameter("head.2.bias")
        );
        Assert.True(TestNetworks.MaxDifference(last, logits) < 1e-6);
    }

    [Fact]
    public void Forward_TrainingWithoutGenerator_SaysWhatToSet()
    {
        using ClassifierNetwork network = TestNetworks.Classifier();
        using Tensor input = zeros(2, 3, 32, 32);
        network.train();

        var error = Assert.Throws<InvalidOperationException>(() => network.call(input));

        Assert.Contains(nameof(ClassifierNetwork.DropoutGenerator), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_TrainingWithEqualGenerators_DropsTheSameValues()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier();
        network.train();
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(1, 2, 3, 32, 32);
        Tensor forward(ulong seed)
        {
            using Generator generator = new(seed);
            network.DropoutGenerator = generator;
            return network.call(input);
        }

        Tensor first = forward(5);

        Assert.Equal(0, TestNetworks.MaxDifference(first, forward(5)));
        Assert.NotEqual(0, TestNetworks.MaxDifference(first, forward(6)));
    }

    [Fact]
    public void Seeded_EqualSeeds_GiveEqualNetworks()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork one = Seeded(7);
        using ClassifierNetwork two = Seeded(7);
        using ClassifierNetwork three = Seeded(8);
        Dictionary<string, Tensor> first = one.state_dict();
        Dictionary<string, Tensor> second = two.state_dict();
        Dictionary<string, Tensor> other = three.state_dict();

        Assert.All(first, item => Assert.Equal(0, TestNetworks.MaxDifference(item.Value, second[item.Key])));
        Assert.NotEqual(0, TestNetworks.MaxDifference(first["conv1.weight"], other["conv1.weight"]));
        // variance 2 / fan-out (64 x 7 x 7)
        Assert.Equal(Math.Sqrt(2.0 / (64 * 49)), first["conv1.weight"].std().item<float>(), 0.001);
    }

    private static ClassifierNetwork Seeded(ulong seed)
    {
        ClassifierNetwork network = ClassifierNetwork.Create("resnet34");
        using Generator generator = new(seed);
        Initialisation.Seeded(network, generator);
        return network;
    }
}
