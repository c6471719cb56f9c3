using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Inserts many rows past the change tracker (which manages some 20,000 rows a second). SQLite: one prepared statement,
/// executed per row. PostgreSQL: a column of values per parameter, unnested by the server. Both run the same SQL but for where
/// the values come from.
/// </summary>
internal static class BulkInsert
{
    private const int RowsPerStatement = 4096;

    /// <summary>Inserts the rows within the transaction under way. On PostgreSQL a statement may not touch a row twice and
    /// locks rows in the order given: pass distinct keys, in key order.</summary>
    /// <param name="onConflict">The on-conflict clause, or nothing.</param>
    /// <returns>How many rows were inserted or updated.</returns>
    public static async Task<int> InsertAsync<TRow>(
        this CatalogueContext context,
        IReadOnlyList<TRow> rows,
        string onConflict,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        IEntityType table = context.Model.FindEntityType(typeof(TRow))!;
        IProperty[] columns = [.. table.GetProperties()];
        string into =
            $"insert into {table.GetTableName()} ({string.Join(", ", columns.Select(c => c.GetColumnName()))})";
        string values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        bool unnest = context.Database.IsNpgsql();

        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = unnest
            ? $"{into} select * from unnest({values}) {onConflict}"
            : $"{into} values ({values}) {onConflict}";
        for (int i = 0; i < columns.Length; i++)
            command.Parameters.Add(CreateParameter(command, columns[i], i, unnest));

        int written = 0;
        foreach (TRow[] chunk in rows.Chunk(unnest ? RowsPerStatement : 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < columns.Length; i++)
                command.Parameters[i].Value = unnest
                    ? Column(columns[i], chunk)
                    : Cell(columns[i], chunk[0]) ?? DBNull.Value;
            written += await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return written;
    }

    private static DbParameter CreateParameter(DbCommand command, IProperty column, int ordinal, bool unnest)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{ordinal}";
        if (unnest)
            ((NpgsqlParameter)parameter).DataTypeName = column.GetColumnType() + "[]";
        return parameter;
    }

    private static Array Column<TRow>(IProperty column, TRow[] rows)
        where TRow : class
    {
        Type type = column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType;
        if (column.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
            type = typeof(Nullable<>).MakeGenericType(type);
        var values = Array.CreateInstance(type, rows.Length);
        for (int i = 0; i < rows.Length; i++)
            values.SetValue(Cell(column, rows[i]), i);
        return values;
    }

    private static object? Cell(IProperty column, object row)
    {
        object? value = column.GetGetter().GetClrValue(row);
        return column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
