using CxrCluster.Contracts.Faults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Runs units of work on the catalogue. They leave the caller's scheduler (a grain's, say): SQLite's calls block their
/// thread, and no grain may.
/// </summary>
internal sealed class CatalogueDatabase : IAsyncDisposable
{
    private readonly CatalogueOptions _options;
    private readonly NpgsqlDataSource? _postgres;
    private readonly PooledDbContextFactory<CatalogueContext> _contexts;

    /// <summary>SQLite has one writer at a time: those of this process queue here, without blocking a thread each.</summary>
    private readonly SemaphoreSlim? _writer;

    public CatalogueDatabase(CatalogueOptions options)
    {
        _options = options;
        var builder = new DbContextOptionsBuilder<CatalogueContext>()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableServiceProviderCaching();
        if (options.Provider == CatalogueProvider.Postgres)
        {
            _postgres = NpgsqlDataSource.Create(options.ConnectionString);
            builder.UseNpgsql(
                _postgres,
                engine => engine.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
            );
        }
        else
        {
            _writer = new SemaphoreSlim(1, 1);
            builder
                .UseSqlite(
                    new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(options.Path) }.ToString(),
                    engine => engine.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
                )
                .AddInterceptors(new SqliteSettings());
        }
        _contexts = new PooledDbContextFactory<CatalogueContext>(builder.Options);
    }

    /// <summary>A unit of work that only reads; its queries may see different moments.</summary>
    public Task<T> ReadAsync<T>(Func<CatalogueContext, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, cancellationToken);

    /// <summary>A unit of work in one transaction: committed when it returns, undone when it throws.</summary>
    public Task<T> WriteAsync<T>(Func<CatalogueContext, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(context => InTransactionAsync(context, work, cancellationToken), cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<CatalogueContext, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async context =>
            {
                await work(context);
                return true;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        else
            await using (CatalogueContext context = await _contexts.CreateDbContextAsync())
                SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
    }

    private async Task<T> InTransactionAsync<T>(
        CatalogueContext context,
        Func<CatalogueContext, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        if (_writer is not null)
            await _writer.WaitAsync(cancellationToken);
        try
        {
            // On SQLite this is BEGIN IMMEDIATE: what the work reads cannot change before it writes.
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(
                cancellationToken
            );
            T result = await work(context);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writer?.Release();
        }
    }

    private Task<T> RunAsync<T>(Func<CatalogueContext, Task<T>> work, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                try
                {
                    await using CatalogueContext context = await _contexts.CreateDbContextAsync(cancellationToken);
                    return await work(context);
                }
                catch (Exception exception)
                    when (CatalogueFaults.Explain(exception, _options) is { } sentence
                        && !cancellationToken.IsCancellationRequested
                    )
                {
                    throw new StorageUnavailableException(sentence, exception);
                }
            },
            cancellationToken
        );
}
