using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Workers;

/// <summary>A live node of the cluster.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Silo">This incarnation of it: a restarted node has another address.</param>
/// <param name="Roles">What it may be asked to do.</param>
/// <param name="Slots">How many inference slots it has.</param>
public sealed record WorkerNode(NodeName Name, SiloAddress Silo, IReadOnlyList<string> Roles, int Slots);
