using System.Runtime.CompilerServices;

namespace CxrCluster.Storage.Catalogue;

/// <summary>
/// Streams page after page, each in its own unit of work: a slow consumer holds no connection, and no read snapshot that
/// would keep SQLite's log from being folded back.
/// </summary>
internal static class KeysetStream
{
    private const int PageSize = 1000;

    /// <param name="page">Given the last row of the page before (null at first) and a size, the next page.</param>
    public static async IAsyncEnumerable<TRow> ReadAsync<TRow>(
        Func<TRow?, int, Task<List<TRow>>> page,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TRow : class
    {
        TRow? last = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<TRow> rows = await page(last, PageSize);
            foreach (TRow row in rows)
                yield return row;
            if (rows.Count < PageSize)
                yield break;
            last = rows[^1];
        }
    }
}
