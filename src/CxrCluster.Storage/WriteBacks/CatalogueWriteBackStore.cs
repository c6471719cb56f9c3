using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.WriteBacks;

/// <inheritdoc cref="IWriteBackStore"/>
internal sealed class CatalogueWriteBackStore(CatalogueDatabase database) : IWriteBackStore
{
    /// <inheritdoc />
    public Task<WriteBackMode> ModeAsync(HospitalId hospital, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                string place = hospital.Value;
                WriteBackModeRow? row = await context.WriteBackModes.SingleOrDefaultAsync(
                    m => m.Hospital == place,
                    cancellationToken
                );
                return row?.Mode ?? WriteBackMode.Off;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task SetModeAsync(HospitalId hospital, WriteBackMode mode, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
                context.InsertAsync(
                    [new WriteBackModeRow { Hospital = hospital.Value, Mode = mode }],
                    "on conflict (hospital) do update set mode = excluded.mode",
                    cancellationToken
                ),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<WriteBackClaim>> ClaimAsync(
        int count,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<IReadOnlyList<WriteBackClaim>>(
            async context =>
            {
                List<WriteBackRow> due = await context
                    .WriteBacks.Where(w => w.State == WriteBackState.Pending && w.DueAt <= now)
                    .Where(w =>
                        context.WriteBackModes.Any(m => m.Hospital == w.Hospital && m.Mode == WriteBackMode.Assist)
                    )
                    .OrderBy(w => w.DueAt)
                    .ThenBy(w => w.Hospital)
                    .ThenBy(w => w.Uid)
                    .Take(count)
                    .ToListAsync(cancellationToken);
                List<WriteBackClaim> claims = [];
                DateTimeOffset until = now + lease;
                foreach (WriteBackRow row in due)
                {
                    // on PostgreSQL another may claim it meanwhile: the row then has another lease
                    int claimed = await Row(context, row)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(w => w.Lease, w => w.Lease + 1).SetProperty(w => w.DueAt, until),
                            cancellationToken
                        );
                    if (claimed == 0)
                        continue;
                    ScoreRow score = await context.Scores.SingleAsync(
                        s =>
                            s.Model == row.Model
                            && s.Hospital == row.Hospital
                            && s.Uid == row.Uid
                            && s.Sha256 == row.Sha256,
                        cancellationToken
                    );
                    InstanceRow image = await context.Instances.SingleAsync(
                        i => i.Hospital == row.Hospital && i.Uid == row.Uid,
                        cancellationToken
                    );
                    claims.Add(
                        new WriteBackClaim(
                            new ScoredInstance(image.ToRecord(), score.ToRecord()),
                            row.Attempts,
                            row.Lease + 1
                        )
                    );
                }
                return claims;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> SentAsync(WriteBackClaim claim, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(claim, WriteBackState.Sent, null, now, cancellationToken);

    /// <inheritdoc />
    public Task<bool> FailedAsync(
        WriteBackClaim claim,
        string reason,
        DateTimeOffset? again,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            claim,
            again is null ? WriteBackState.Parked : WriteBackState.Pending,
            reason,
            again,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<int> RetryParkedAsync(HospitalId hospital, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
            {
                string place = hospital.Value;
                return context
                    .WriteBacks.Where(w => w.Hospital == place && w.State == WriteBackState.Parked)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(w => w.State, WriteBackState.Pending)
                                .SetProperty(w => w.Attempts, 0)
                                .SetProperty(w => w.DueAt, now),
                        cancellationToken
                    );
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<WriteBackState, int>> CountAsync(
        HospitalId hospital,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyDictionary<WriteBackState, int>>(
            async context =>
            {
                string place = hospital.Value;
                return await context
                    .WriteBacks.Where(w => w.Hospital == place)
                    .GroupBy(w => w.State)
                    .Select(g => new { State = g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => g.State, g => g.Count, cancellationToken);
            },
            cancellationToken
        );

    private Task<bool> EndAsync(
        WriteBackClaim claim,
        WriteBackState state,
        string? reason,
        DateTimeOffset? due,
        CancellationToken cancellationToken
    )
    {
        ScoreRecord score = claim.Result.Score;
        (string model, string hospital, string uid) = (
            score.Model.ToString(),
            score.Instance.Hospital.Value,
            score.Instance.Uid.Value
        );
        return database.WriteAsync(
            async context =>
                await context
                    .WriteBacks.Where(w =>
                        w.Model == model && w.Hospital == hospital && w.Uid == uid && w.Sha256 == score.Sha256
                    )
                    .Where(w => w.State == WriteBackState.Pending && w.Lease == claim.Lease)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(w => w.State, state)
                                .SetProperty(w => w.Reason, reason)
                                .SetProperty(w => w.Attempts, w => w.Attempts + 1)
                                .SetProperty(w => w.DueAt, w => due ?? w.DueAt),
                        cancellationToken
                    ) == 1,
            cancellationToken
        );
    }

    private static IQueryable<WriteBackRow> Row(CatalogueContext context, WriteBackRow row) =>
        context
            .WriteBacks.Where(w =>
                w.Model == row.Model && w.Hospital == row.Hospital && w.Uid == row.Uid && w.Sha256 == row.Sha256
            )
            .Where(w => w.State == WriteBackState.Pending && w.Lease == row.Lease);
}
