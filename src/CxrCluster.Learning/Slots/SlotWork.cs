namespace CxrCluster.Learning.Slots;

/// <summary>What a slot's thread does next: a batch of one model's requests, or a warm-up (and then no batch).</summary>
internal sealed record SlotWork(string Model, IReadOnlyList<PendingInference> Batch, PendingWarmUp? WarmUp = null)
{
    public void Fail(Exception error)
    {
        WarmUp?.Fail(error);
        foreach (PendingInference pending in Batch)
            pending.Fail(error);
    }
}
