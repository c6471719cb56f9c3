using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Studies;

/// <summary>Reads pages of results for callers who may send any cursor.</summary>
internal static class Worklist
{
    /// <exception cref="BadHttpRequestException">The cursor did not come from a page before.</exception>
    public static async Task<WorklistPage> ReadAsync(
        IScoreStore scores,
        WorklistQuery query,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await scores.ReadWorklistAsync(query, cancellationToken);
        }
        catch (Exception exception) when (query.Cursor is not null && exception is FormatException or ArgumentException)
        {
            throw new BadHttpRequestException(
                "The cursor is not one that a page before gave. Start again without a cursor.",
                exception
            );
        }
    }
}
