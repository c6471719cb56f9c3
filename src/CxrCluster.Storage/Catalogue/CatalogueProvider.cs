namespace CxrCluster.Storage.Catalogue;

/// <summary>Which engine keeps the catalogue.</summary>
public enum CatalogueProvider
{
    /// <summary>A file on this machine: one node, or several processes of one machine.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server: any number of nodes.</summary>
    Postgres,
}
