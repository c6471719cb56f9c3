using CxrCluster.Imaging;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Tests.Bundles;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Inference;

/// <summary>Alone in the process: the count of live tensors is the process's.</summary>
[CollectionDefinition(nameof(InferenceMemoryTests), DisableParallelization = true)]
[Collection(nameof(InferenceMemoryTests))]
public class InferenceMemoryTests(SmallModel model)
{
    [Fact]
    public void Infer_FiftyTimes_LeavesNoTensorBehind()
    {
        SquareImage[] images = TestImages.Make(3, SmallModel.Side);
        using InferenceEngine engine = new(model.Bundle, new EngineOptions());
        engine.Infer(images, wantLungMaps: true, wantHeatMaps: true);
        long before = Tensor.TotalCount;

        for (int i = 0; i < 50; i++)
            engine.Infer(images, wantLungMaps: true, wantHeatMaps: true);

        Assert.Equal(before, Tensor.TotalCount);
    }
}
