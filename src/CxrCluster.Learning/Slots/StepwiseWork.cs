namespace CxrCluster.Learning.Slots;

/// <summary>Work that gives its slot's thread back after every step, so that scoring never waits longer than a step.</summary>
/// <param name="Step">Does one step on the slot's thread; returns whether there is another. Told to stop, it may throw an
/// <see cref="OperationCanceledException"/>.</param>
/// <param name="Threads">Cores that a step computes on, 1..1024. Training gives other bits on another number, so it
/// belongs to the work and not to the slot.</param>
public sealed record StepwiseWork(Func<CancellationToken, bool> Step, int Threads);
