namespace CxrCluster.Storage.WriteBacks;

/// <summary>How far the report of a result is.</summary>
public enum WriteBackState
{
    /// <summary>Is to be sent, or tried again.</summary>
    Pending,

    /// <summary>Noted in silent mode: never sent.</summary>
    Recorded,

    /// <summary>The PACS has it.</summary>
    Sent,

    /// <summary>Given up, with the reason; a person decides.</summary>
    Parked,
}
