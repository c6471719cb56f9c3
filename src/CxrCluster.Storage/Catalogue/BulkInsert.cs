using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
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
        Column[] columns = [.. table.GetProperties().Select(property => new Column(property))];
        string into = $"insert into {table.GetTableName()} ({string.Join(", ", columns.Select(c => c.Name))})";
        string values = string.Join(", ", columns.Select(c => "@" + c.Name));
        bool unnest = context.Database.IsNpgsql();

        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = unnest
            ? $"{into} select * from unnest({values}) {onConflict}"
            : $"{into} values ({values}) {onConflict}";
        DbParameter[] parameters = [.. columns.Select(c => c.AddParameter(command, unnest))];

        int written = 0;
        foreach (TRow[] chunk in rows.Chunk(unnest ? RowsPerStatement : 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < columns.Length; i++)
                parameters[i].Value = unnest ? columns[i].Cells(chunk) : columns[i].Cell(chunk[0]) ?? DBNull.Value;
            written += await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return written;
    }

    /// <summary>A column as the model describes it.</summary>
    private sealed class Column(IProperty property)
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();
        private readonly ValueConverter? _converter = property.GetTypeMapping().Converter;

        public string Name { get; } = property.GetColumnName();

        /// <summary>The row's value as the engine takes it.</summary>
        public object? Cell(object row)
        {
            object? value = _getter.GetClrValue(row);
            return _converter is null ? value : _converter.ConvertToProvider(value);
        }

        /// <summary>The rows' values in an array of the engine's type.</summary>
        public Array Cells(object[] rows)
        {
            Type type = _converter?.ProviderClrType ?? property.ClrType;
            if (property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
                type = typeof(Nullable<>).MakeGenericType(type);
            var cells = Array.CreateInstance(type, rows.Length);
            for (int i = 0; i < rows.Length; i++)
                cells.SetValue(Cell(rows[i]), i);
            return cells;
        }

        public DbParameter AddParameter(DbCommand command, bool array)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + Name;
            if (array)
                ((NpgsqlParameter)parameter).DataTypeName = property.GetColumnType() + "[]";
            command.Parameters.Add(parameter);
            return parameter;
        }
    }
}
