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

    /// <summary>Requests share a batch when model and side agree, so that a wrongly sized image spoils no other.</summary>
    public (string Model, int Side) BatchKey => (request.Model, request.Image.Side);

    /// <summary>The time provider's timestamp.</summary>
    public long EnqueuedAt => enqueuedAt;

    public Task<Inference.Inference> Answer => _answer.Task;

    public void Succeed(Inference.Inference inference) => _answer.TrySetResult(inference);

    public void Fail(Exception error) => _answer.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
