namespace CxrCluster.Learning.Weights.Importing;

/// <summary>What the first layer of weights to be imported sees.</summary>
public enum FirstLayerWeights
{
    /// <summary>RGB normalised by ImageNet's mean and deviation: becomes one of grey image, lung map and zeros.</summary>
    Rgb,

    /// <summary>What ours sees already: stays as it is.</summary>
    Keep,
}
