namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>What all storages of a file claim together.</summary>
internal static class StorageSum
{
    /// <summary>Refuses more bytes of numbers than the file has, before memory is taken for them.</summary>
    /// <exception cref="FormatException">They claim more.</exception>
    public static void Check(IEnumerable<TorchStorage> storages, long fileLength)
    {
        long left = fileLength;
        foreach (TorchStorage storage in storages)
        {
            if (storage.ByteCount > left)
                throw new FormatException($"its tensors take more bytes than the {fileLength} of the file");
            left -= storage.ByteCount;
        }
    }
}
