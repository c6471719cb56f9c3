using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Settings that SQLite keeps per connection. synchronous=FULL: under WAL, NORMAL survives the death of the process but may
/// lose the last commits when the power fails; the catalogue is the record of everything and commits come in batches, so a
/// sync per commit is cheap. busy_timeout: another process of this machine may be writing.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "pragma busy_timeout = 15000; pragma synchronous = full;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
