using System.Text.RegularExpressions;

namespace CxrCluster.Storage.Blobs;

/// <summary>Where the blobs are kept.</summary>
public sealed partial record BlobOptions
{
    /// <summary>The engine.</summary>
    public BlobProvider Provider { get; init; } = BlobProvider.Folder;

    /// <summary>Folder: made when absent. Its file system must know hard links (all local ones of Linux do).</summary>
    public string Folder { get; init; } = "cxr-data/blobs";

    /// <summary>Azure: the storage account's connection string.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Azure: the container; made when absent.</summary>
    public string Container { get; init; } = "cxr";

    /// <summary>What is wrong, one sentence each; none when all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Provider))
            yield return $"The blob provider {Provider} is unknown: use Folder or Azure.";
        if (Provider == BlobProvider.Folder && string.IsNullOrWhiteSpace(Folder))
            yield return "The blob store is a folder but none is named: set its Folder.";
        if (Provider == BlobProvider.Azure && string.IsNullOrWhiteSpace(ConnectionString))
            yield return "The blob store is Azure Blob Storage but has no account: set its ConnectionString.";
        if (Provider == BlobProvider.Azure && !ContainerName().IsMatch(Container))
            yield return $"'{Container}' is not a container name: use 3 to 63 of a-z, 0-9 and single hyphens between them.";
    }

    [GeneratedRegex(@"\A(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContainerName();
}
