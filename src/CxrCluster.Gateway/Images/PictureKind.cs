namespace CxrCluster.Gateway.Images;

/// <summary>Which picture of an image.</summary>
public enum PictureKind
{
    /// <summary>The radiograph as it came, its gray range stretched for a screen.</summary>
    Original,

    /// <summary>The square that the network sees, after the model's own preprocessing.</summary>
    Network,
}
