using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Workers;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Tests.Hosting;

/// <summary>One live node with as many slots as a test wants.</summary>
public sealed class FakeDirectory : IWorkerDirectory
{
    public int Slots { get; set; }

    public IReadOnlyList<WorkerNode> LiveNodes() =>
        [new(new NodeName("n1"), SiloAddress.Zero, [NodeRoles.Inference], Slots)];
}
