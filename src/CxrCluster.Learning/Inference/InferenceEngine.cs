using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Learning.Inference;

/// <summary>U-net and classifier of one bundle on one device, batch normalisation folded, channels last.</summary>
public sealed class InferenceEngine : IInferenceEngine
{
    /// <summary>Loads the bundle's networks.</summary>
    public InferenceEngine(ModelBundle bundle, EngineOptions options) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <inheritdoc />
    public void Warm(int maxBatch) => throw new NotSupportedException("Comes with the next landing.");

    /// <inheritdoc />
    public IReadOnlyList<Inference> Infer(IReadOnlyList<SquareImage> batch, bool wantLungMaps) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <inheritdoc />
    public void Dispose() => throw new NotSupportedException("Comes with the next landing.");
}
