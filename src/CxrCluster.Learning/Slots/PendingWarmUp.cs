namespace CxrCluster.Learning.Slots;

/// <summary>A model that is to be loaded, and the promise to say when it is.</summary>
internal sealed class PendingWarmUp(string model)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Model => model;

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception error) => _done.TrySetException(error);
}
