using Npgsql;

namespace CxrCluster.Storage.Catalogue;

/// <summary>Where the catalogue is kept.</summary>
public sealed record CatalogueOptions
{
    /// <summary>The engine.</summary>
    public CatalogueProvider Provider { get; init; } = CatalogueProvider.Sqlite;

    /// <summary>SQLite: the database file; its folder is made when absent. Not on a network file system.</summary>
    public string Path { get; init; } = "cxr-data/catalogue.db";

    /// <summary>PostgreSQL: for example "Host=db;Username=cxr;Password=...;Database=cxr". The database must exist.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>What is wrong, one sentence each; none when all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Provider))
            yield return $"The catalogue provider {Provider} is unknown: use Sqlite or Postgres.";
        if (Provider == CatalogueProvider.Sqlite && string.IsNullOrWhiteSpace(Path))
            yield return "The catalogue is SQLite but has no file: set its Path.";
        if (Provider == CatalogueProvider.Postgres && string.IsNullOrWhiteSpace(ConnectionString))
            yield return "The catalogue is PostgreSQL but has no server: set its ConnectionString "
                + "(Host=...;Username=...;Password=...;Database=...).";
        else if (Provider == CatalogueProvider.Postgres && !IsConnectionString(ConnectionString))
            yield return "The catalogue's ConnectionString is none of PostgreSQL's: write Host=...;Username=...;Database=....";
    }

    /// <summary>The text may hold a password: it is not repeated in the sentence.</summary>
    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
