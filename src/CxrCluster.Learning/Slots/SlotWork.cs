namespace CxrCluster.Learning.Slots;

/// <summary>What a slot's thread does next: a batch of one model's requests, a warm-up, or a step.</summary>
internal sealed record SlotWork(
    string Model,
    IReadOnlyList<PendingInference> Batch,
    PendingWarmUp? WarmUp = null,
    PendingSteps? Steps = null
)
{
    public void Fail(Exception error)
    {
        WarmUp?.Fail(error);
        Steps?.Fail(error);
        foreach (PendingInference pending in Batch)
            pending.Fail(error);
    }
}
