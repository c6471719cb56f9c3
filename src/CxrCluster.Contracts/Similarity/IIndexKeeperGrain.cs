namespace CxrCluster.Contracts.Similarity;

/// <summary>Looks after the indexes of the whole cluster. Key 0; nodes of role index wake it every few seconds.</summary>
[Alias("index-keeper")]
public interface IIndexKeeperGrain : IGrainWithIntegerKey
{
    /// <summary>Does what is due now.</summary>
    [Alias("look-after")]
    Task LookAfter(CancellationToken cancellationToken);
}
