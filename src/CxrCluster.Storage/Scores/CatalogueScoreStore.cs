using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Scores;

/// <inheritdoc cref="IScoreStore"/>
internal sealed class CatalogueScoreStore(CatalogueDatabase database) : IScoreStore
{
    /// <inheritdoc />
    public Task RecordAsync(IReadOnlyList<ScoreRecord> scores, CancellationToken cancellationToken) =>
        database.WriteAsync(context => context.RecordAsync(scores, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ScoreRecord?> FindAsync(
        InstanceId instance,
        string sha256,
        ModelId model,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async context =>
            {
                (string name, string hospital, string uid) = (
                    model.ToString(),
                    instance.Hospital.Value,
                    instance.Uid.Value
                );
                ScoreRow? row = await context.Scores.SingleOrDefaultAsync(
                    s => s.Model == name && s.Hospital == hospital && s.Uid == uid && s.Sha256 == sha256,
                    cancellationToken
                );
                return row?.ToRecord();
            },
            cancellationToken
        );

    /// <inheritdoc />
    public IAsyncEnumerable<ScoredInstance> ListEmbeddingsAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        (string place, string name) = (hospital.Value, model.ToString());
        return KeysetStream
            .ReadAsync<ScoredRow>(
                (last, count) =>
                    database.ReadAsync(
                        context =>
                        {
                            IQueryable<ScoredRow> rows = ScoredRow
                                .Current(context)
                                .Where(r => r.Score.Model == name && r.Score.Hospital == place)
                                .Where(r => r.Score.Outcome == ImageOutcome.Scored);
                            if (last is { Score.Uid: var uid })
                                rows = rows.Where(r => string.Compare(r.Score.Uid, uid) > 0);
                            return rows.OrderBy(r => r.Score.Uid).Take(count).ToListAsync(cancellationToken);
                        },
                        cancellationToken
                    ),
                cancellationToken
            )
            .Select(row => row.ToRecord());
    }

    /// <inheritdoc />
    public Task<WorklistPage> ReadWorklistAsync(WorklistQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > 500)
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "A worklist page has 1 to 500 rows.");
        WorklistCursor? cursor = query.Cursor is null ? null : WorklistCursor.Parse(query.Cursor);
        return database.ReadAsync(
            async context =>
            {
                List<ScoredRow> rows = await Select(context, query, cursor)
                    .OrderByDescending(r => r.Score.Rank)
                    .ThenBy(r => r.Score.Hospital)
                    .ThenBy(r => r.Score.Uid)
                    .Take(query.Limit + 1) // one more tells whether there is a next page
                    .ToListAsync(cancellationToken);
                ScoredInstance[] page = [.. rows.Take(query.Limit).Select(r => r.ToRecord())];
                string? next =
                    rows.Count > query.Limit ? WorklistCursor.After(rows[query.Limit - 1].Score).ToString() : null;
                return new WorklistPage(page, next);
            },
            cancellationToken
        );
    }

    private static IQueryable<ScoredRow> Select(CatalogueContext context, WorklistQuery query, WorklistCursor? cursor)
    {
        string model = query.Model.ToString();
        IQueryable<ScoredRow> rows = ScoredRow.Current(context).Where(r => r.Score.Model == model);
        if (query.Hospitals?.Select(h => h.Value).ToArray() is { } hospitals)
            rows = rows.Where(r => hospitals.Contains(r.Score.Hospital));
        if (query.From is { } from)
            rows = rows.Where(r => r.Instance.ReceivedAt >= from);
        if (query.To is { } to)
            rows = rows.Where(r => r.Instance.ReceivedAt < to);
        if (query.MinProbability is { } least)
            rows = rows.Where(r => r.Score.Rank >= least && r.Score.Probability != null);
        if (cursor is { Rank: var rank, Hospital: var hospital, Uid: var uid })
            rows = rows.Where(r =>
                r.Score.Rank <= rank // lets the index start at the place
                && (
                    r.Score.Rank < rank
                    || string.Compare(r.Score.Hospital, hospital) > 0
                    || (r.Score.Hospital == hospital && string.Compare(r.Score.Uid, uid) > 0)
                )
            );
        return rows;
    }
}
