using CxrCluster.Storage.Catalogue;
using Npgsql;

namespace CxrCluster.Storage.Tests.Engines;

/// <summary>Databases on the test run's server. Their default order is English, where "a-b" comes after "ab": ids must be
/// ordered ordinally all the same.</summary>
public sealed class PostgresCatalogue(EngineProcesses engines) : CatalogueFixture
{
    public override async Task<CatalogueOptions?> CreateEmptyAsync()
    {
        Engine engine = await engines.PostgresAsync();
        Absence = engine.Absence;
        if (engine.ConnectionString is null)
            return null;
        string name = $"test_{Guid.NewGuid():N}";
        await using var server = NpgsqlDataSource.Create(engine.ConnectionString);
        await using NpgsqlCommand command = server.CreateCommand(
            $"create database {name} template template0 locale_provider icu icu_locale 'en-US'"
        );
        await command.ExecuteNonQueryAsync();
        return new CatalogueOptions
        {
            Provider = CatalogueProvider.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(engine.ConnectionString)
            {
                Database = name,
            }.ToString(),
        };
    }
}
