namespace CxrCluster.Similarity.Persistence;

/// <summary>A log or snapshot cannot be used: it is damaged, newer than this program, or another shard's.</summary>
public sealed class InvalidShardFileException : Exception
{
    /// <summary>An exception with a sentence that names the file's defect and what follows from it.</summary>
    public InvalidShardFileException(string message)
        : base(message) { }

    /// <summary>As the other, with its cause.</summary>
    public InvalidShardFileException(string message, Exception innerException)
        : base(message, innerException) { }
}
