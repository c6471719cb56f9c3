namespace CxrCluster.Grains.Similarity;

/// <summary>What a hospital lets readers of others see of its cases.</summary>
public enum SharingLevel
{
    /// <summary>Nothing: its cases do not come back to them.</summary>
    Nothing,

    /// <summary>Pseudonyms, distances, probabilities and labels; no dates, no names, no pictures.</summary>
    Scores,
}
