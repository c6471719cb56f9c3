using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Indexes;

/// <summary>Whose embeddings similarity queries compare, and whose are being made to take over.</summary>
/// <param name="Model">Compared now.</param>
/// <param name="Next">Takes over once every image that has an embedding under <paramref name="Model"/> has one under it;
/// null when nothing is to change.</param>
/// <param name="Job">The job that makes the missing ones; null before it is submitted.</param>
public sealed record IndexSwitch(ModelId Model, ModelId? Next, JobId? Job);
