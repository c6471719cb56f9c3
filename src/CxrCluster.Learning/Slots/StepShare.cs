namespace CxrCluster.Learning.Slots;

/// <summary>
/// Keeps bulk scoring from starving steps: for the time that bulk batches compute while steps wait, steps are owed their
/// share, and they go before the next bulk batch once a whole step is owed. Steps in idle time cost and earn nothing.
/// </summary>
/// <param name="share">Share of the slot's time that steps get beside steady bulk scoring, 0..0.9.</param>
internal sealed class StepShare(double share)
{
    private TimeSpan _owed;

    /// <summary>Whether the step may go before a bulk batch. The first step of a work goes as soon as anything is owed.</summary>
    public bool MayGoBeforeBulk(TimeSpan? lastStep) => _owed > TimeSpan.Zero && _owed >= (lastStep ?? TimeSpan.Zero);

    /// <summary>A bulk batch has computed while a step waited. No more than two steps are ever owed: no burst after a rush.</summary>
    public void BulkRan(TimeSpan elapsed, TimeSpan? lastStep)
    {
        TimeSpan owed = _owed + elapsed * (share / (1 - share));
        TimeSpan most = lastStep is { } step ? step * 2 : TimeSpan.MaxValue;
        _owed = owed < most ? owed : most;
    }

    /// <summary>A step has computed while bulk images waited.</summary>
    public void StepRan(TimeSpan elapsed) => _owed -= elapsed;
}
