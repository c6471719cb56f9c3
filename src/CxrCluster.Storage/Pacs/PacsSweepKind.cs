namespace CxrCluster.Storage.Pacs;

/// <summary>How much of a PACS a sweep looks at.</summary>
public enum PacsSweepKind
{
    /// <summary>Studies of the last days.</summary>
    Recent,

    /// <summary>Studies of the last month.</summary>
    Month,

    /// <summary>Every study, whatever its date.</summary>
    All,
}
