using Microsoft.Data.Sqlite;
using Npgsql;

namespace CxrCluster.Storage.Catalogue;

/// <summary>Tells an engine that cannot be used from a fault of ours, and says it in a sentence without secrets.</summary>
internal static class CatalogueFaults
{
    /// <summary>The sentence, or null when the exception is about something else.</summary>
    public static string? Explain(Exception exception, CatalogueOptions options)
    {
        // EF wraps what it takes for transient.
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException sqlite)
                return ExplainSqlite(sqlite, options.Path);
            if (cause is PostgresException postgres)
                return ExplainPostgres(postgres, options);
            if (cause is NpgsqlException)
                return ExplainPostgres(cause.InnerException?.Message ?? cause.Message, options);
        }
        return null;
    }

    private static string? ExplainSqlite(SqliteException exception, string path)
    {
        string file = $"The catalogue (SQLite file {path})";
        return exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_READONLY =>
                $"{file} cannot be opened for writing. Check that its folder exists, is writable and is no network drive.",
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                $"{file} is being written by another process for too long. Stop that process, or use PostgreSQL for several nodes.",
            SQLitePCL.raw.SQLITE_FULL => $"{file} cannot grow: the disk is full. Free some space.",
            SQLitePCL.raw.SQLITE_IOERR => $"{file} cannot be read or written: the disk gave an error. Check the disk.",
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
                $"{file} is damaged or no SQLite database. Restore it from a backup, or name another file.",
            _ => null,
        };
    }

    private static string? ExplainPostgres(PostgresException exception, CatalogueOptions options) =>
        exception.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => ExplainPostgres(
                $"{exception.MessageText}; create it with 'createdb'",
                options
            ),
            PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.DiskFull
            or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.InvalidAuthorizationSpecification
            or PostgresErrorCodes.InvalidPassword => ExplainPostgres(exception.MessageText, options),
            _ => null,
        };

    private static string ExplainPostgres(string cause, CatalogueOptions options)
    {
        var server = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        return $"The catalogue (PostgreSQL at {server.Host}:{server.Port}, database {server.Database}, "
            + $"user {server.Username}) cannot be used: {cause.TrimEnd('.')}. Check that the server runs and that the "
            + "connection string has the right host, port, database, user and password.";
    }
}
