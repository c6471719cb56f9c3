namespace CxrCluster.Learning.Networks;

/// <summary>A module that owns convolutions with a batch normalisation behind them.</summary>
internal interface IFoldable
{
    /// <summary>The pairs registered directly on this module, not those of its children.</summary>
    IReadOnlyList<ConvNorm> ConvNorms { get; }
}
