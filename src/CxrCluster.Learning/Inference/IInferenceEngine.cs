using CxrCluster.Imaging;

namespace CxrCluster.Learning.Inference;

/// <summary>A loaded model on one device. Not for concurrent use: a device slot's thread owns it.</summary>
public interface IInferenceEngine : IDisposable
{
    /// <summary>Runs once at each batch size up to <paramref name="maxBatch" /> that still pays, and keeps the best.</summary>
    void Warm(int maxBatch);

    /// <summary>Scores images of the bundle's side; answers in their order.</summary>
    IReadOnlyList<Inference> Infer(
        IReadOnlyList<SquareImage> batch,
        bool wantLungMaps = false,
        bool wantHeatMaps = false
    );
}
