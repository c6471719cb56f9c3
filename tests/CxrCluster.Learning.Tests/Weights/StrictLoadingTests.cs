using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights;

public sealed class StrictLoadingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly UNet _source = TestNetworks.UNet(seed: 1);
    private readonly UNet _target = TestNetworks.UNet(seed: 2);

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Load_SameNamesAndShapes_CopiesParametersAndBuffers()
    {
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(1, 1, 1, 16, 16);

        StrictLoading.Load(_target, _source.state_dict());

        Assert.Equal(0, TestNetworks.MaxDifference(_source.call(input), _target.call(input)));
    }

    [Fact]
    public void Load_HalfPrecisionFile_IsConverted()
    {
        StrictLoading.Load(
            _target,
            _source.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.to(float16))
        );

        Tensor weight = _target.get_parameter("output.weight")!;
        Assert.Equal(ScalarType.Float32, weight.dtype);
        Assert.True(TestNetworks.MaxDifference(weight, _source.get_parameter("output.weight")!) < 1e-3);
    }

    [Fact]
    public void Load_EveryKindOfDifference_ListsThemAndCopiesNothing()
    {
        Dictionary<string, Tensor> state = _source.state_dict();
        state.Remove("output.bias");
        state["fc.weight"] = ones(1);
        state["output.weight"] = ones(1, 9, 1, 1);
        Tensor before = _target.get_parameter("down0.conv1.weight")!.clone();

        var error = Assert.Throws<InvalidWeightsException>(() => StrictLoading.Load(_target, state, "net.safetensors"));

        Assert.StartsWith("net.safetensors does not fit the network UNet", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing: output.bias;", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: fc.weight;", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "of another shape: output.weight [1, 9, 1, 1] instead of [1, 8, 1, 1]",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, TestNetworks.MaxDifference(before, _target.get_parameter("down0.conv1.weight")!));
    }

    [Fact]
    public void Load_ManyDifferences_AreCounted()
    {
        int parts = _target.state_dict().Count;

        var error = Assert.Throws<InvalidWeightsException>(() =>
            StrictLoading.Load(_target, new Dictionary<string, Tensor>())
        );

        Assert.Contains($"and {parts - 8} more", error.Message, StringComparison.Ordinal);
    }
}
