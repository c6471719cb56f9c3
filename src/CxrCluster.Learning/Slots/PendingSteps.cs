namespace CxrCluster.Learning.Slots;

/// <summary>Work that a slot does step by step beside scoring, and the promise to say when it is over.</summary>
internal sealed class PendingSteps(StepwiseWork work, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StepwiseWork Work => work;

    /// <summary>How long its last step took; null before the first.</summary>
    public TimeSpan? LastStep { get; set; }

    public CancellationToken CancellationToken => cancellationToken;

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception error)
    {
        if (error is OperationCanceledException && cancellationToken.IsCancellationRequested)
            _done.TrySetCanceled(cancellationToken);
        else
            _done.TrySetException(error);
    }
}
