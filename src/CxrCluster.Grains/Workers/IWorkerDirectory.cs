namespace CxrCluster.Grains.Workers;

/// <summary>Which nodes are alive, as this silo knows.</summary>
public interface IWorkerDirectory
{
    /// <summary>The live nodes; a node that died may still be among them for some seconds.</summary>
    IReadOnlyList<WorkerNode> LiveNodes();
}
