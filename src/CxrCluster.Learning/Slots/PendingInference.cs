using CxrCluster.Imaging;

namespace CxrCluster.Learning.Slots;

/// <summary>A request that waits in a slot's queue, and the promise to answer it.</summary>
internal sealed class PendingInference(SlotRequest request, long enqueuedAt)
{
    private readonly TaskCompletionSource<Inference.Inference> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public SquareImage Image => request.Image;
    public SlotPriority Priority => request.Priority;
    public bool WantLungMap => request.WantLungMap;
    public bool WantHeatMap => request.WantHeatMap;

    /// <summary>Requests share a batch when model and side agree, so that a wrongly sized image spoils no other.</summary>
    public (string Model, int Side) BatchKey => (request.Model, request.Image.Side);

    /// <summary>The time provider's timestamp.</summary>
    public long EnqueuedAt => enqueuedAt;

    public Task<Inference.Inference> Answer => _answer.Task;

    /// <summary>Answers with what was asked for: the batch may have made more, for others.</summary>
    public void Succeed(Inference.Inference inference) =>
        _answer.TrySetResult(
            inference with
            {
                LungMap = WantLungMap ? inference.LungMap : null,
                HeatMap = WantHeatMap ? inference.HeatMap : null,
            }
        );

    public void Fail(Exception error) => _answer.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
