namespace CxrCluster.Node.Hosting;

/// <summary>Settings of a cluster of one process: everything lies in one folder.</summary>
public static class EmbeddedSetup
{
    /// <summary>Configuration values for a whole system in a folder; SQLite and plain files.</summary>
    public static Dictionary<string, string?> Configuration(string folder)
    {
        string home = Path.GetFullPath(folder);
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Node:Name"] = "local",
            ["Node:DataFolder"] = home,
            ["Cluster:Provider"] = "Localhost",
            ["Catalogue:Provider"] = "Sqlite",
            ["Catalogue:Path"] = Path.Combine(home, "catalogue.db"),
            ["Blobs:Provider"] = "Folder",
            ["Blobs:Folder"] = Path.Combine(home, "blobs"),
        };
    }
}
