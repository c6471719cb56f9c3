namespace CxrCluster.Storage.WriteBacks;

/// <summary>Whether a hospital's results go into its PACS.</summary>
public enum WriteBackMode
{
    /// <summary>No: nothing is noted and nothing is sent.</summary>
    Off,

    /// <summary>Results are noted as they would be sent, and nothing is sent: to see what assist mode would do.</summary>
    Silent,

    /// <summary>Reports are stored in the PACS.</summary>
    Assist,
}
