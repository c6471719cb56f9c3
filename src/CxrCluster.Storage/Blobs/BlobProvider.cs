namespace CxrCluster.Storage.Blobs;

/// <summary>Which engine keeps the blobs.</summary>
public enum BlobProvider
{
    /// <summary>A folder on this machine.</summary>
    Folder,

    /// <summary>A container of Azure Blob Storage, or of what speaks its protocol.</summary>
    Azure,
}
