using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Creates the tables from the model and notes their version. No EF migrations: they would be kept twice, once per engine,
/// and so far releases only added tables. A release that adds some raises <see cref="Version"/>: what an older catalogue
/// lacks is created. One that changes a table also adds the statements that lead there from the version before.
/// </summary>
internal sealed class CatalogueInitializer(CatalogueDatabase database, CatalogueOptions options) : ICatalogueInitializer
{
    /// <summary>The version of the tables that this release knows.</summary>
    internal const int Version = 6;

    /// <summary>Any number will do, as long as every node locks the same one.</summary>
    private const long CreationLock = 0x6378725f64646c; // "cxr_ddl"

    /// <inheritdoc />
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (options.Provider == CatalogueProvider.Sqlite)
            await PrepareFileAsync(cancellationToken);
        await database.WriteAsync(
            async context =>
            {
                // Nodes that start at once take turns. On SQLite the transaction itself is the lock.
                if (options.Provider == CatalogueProvider.Postgres)
                    await context.Database.ExecuteSqlAsync(
                        $"select pg_advisory_xact_lock({CreationLock})",
                        cancellationToken
                    );
                await CreateAsync(context, cancellationToken);
            },
            cancellationToken
        );
    }

    private async Task PrepareFileAsync(CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(options.Path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Contracts.Faults.StorageUnavailableException(
                $"The folder of the catalogue (SQLite file {path}) cannot be made: {exception.Message} Name another one.",
                exception
            );
        }
        // Readers and the writer do not wait for each other. The file remembers it; it cannot be set within a transaction.
        await database.ReadAsync(
            context => context.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancellationToken),
            cancellationToken
        );
    }

    private static async Task CreateAsync(CatalogueContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync(
            "create table if not exists schema_version (version integer not null)",
            cancellationToken
        );
        int[] found = await context
            .Database.SqlQuery<int>($"select version as \"Value\" from schema_version")
            .ToArrayAsync(cancellationToken);
        if (found is [var version])
        {
            if (version > Version)
                throw new InvalidOperationException(
                    $"The catalogue has tables of version {version}, made by a newer release; this release knows version "
                        + $"{Version}. Start the newer release, or name another catalogue."
                );
            if (version == Version)
                return;
        }
        await context.Database.ExecuteSqlRawAsync(CreateWhatIsAbsent(context), cancellationToken);
        await context.Database.ExecuteSqlRawAsync("delete from schema_version", cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"insert into schema_version (version) values ({Version})",
            cancellationToken
        );
    }

    private static string CreateWhatIsAbsent(CatalogueContext context) =>
        context
            .Database.GenerateCreateScript()
            .Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal)
            .Replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ", StringComparison.Ordinal);
}
