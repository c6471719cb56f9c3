using System.Text.Json;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

/// <summary>The oracle is torchvision itself: Fixtures/make_torchvision.py wrote its names and outputs.</summary>
public class TorchvisionTests
{
    public static TheoryData<string> Architectures => [.. ClassifierNetwork.Architectures];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void StateDict_OfClassifier_HasTorchvisionsNamesAndShapes(string architecture)
    {
        var expected = Fixture<Dictionary<string, Dictionary<string, long[]>>>("torchvision_names.json")[architecture];
        using ClassifierNetwork network = ClassifierNetwork.Create(architecture, embeddingSize: 24);
        long features = architecture switch
        {
            "resnet34" or "vgg16" => 512,
            "densenet121" => 1024,
            _ => 2048,
        };
        (string, long[])[] head =
        [
            ("head.0.weight", [512, features]),
            ("head.0.bias", [512]),
            ("head.1.weight", [24, 512]),
            ("head.1.bias", [24]),
            ("head.2.weight", [2, 24]),
            ("head.2.bias", [2]),
        ];
        foreach ((string name, long[] shape) in head)
            expected.Add(name, shape);
        network.eval();

        Dictionary<string, Tensor> actual = network.state_dict();

        Assert.Equal(
            expected.Select(item => $"{item.Key} {string.Join("x", item.Value)}").Order(StringComparer.Ordinal),
            actual.Select(item => $"{item.Key} {string.Join("x", item.Value.shape)}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void ForwardBoth_SameWeights_GivesTorchvisionsOutputs(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = Formula.Classifier(architecture);
        OracleOutputs expected = Fixture<Dictionary<string, OracleOutputs>>("torchvision_outputs.json")[architecture];

        expected.AssertGivenBy(network);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void AdaptFromRgb_GreyImage_GetsTheResponseOfTheRgbNetwork(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = Formula.Classifier(architecture);
        OracleOutputs expected = Fixture<Dictionary<string, OracleOutputs>>("torchvision_outputs.json")[architecture];

        network.FirstLayer.AdaptFromRgb();

        expected.AssertGreyGivenBy(network);
    }

    private static T Fixture<T>(string name) =>
        JsonSerializer.Deserialize<T>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)),
            JsonSerializerOptions.Web
        )!;
}
