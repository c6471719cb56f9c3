using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Indexes;

/// <inheritdoc cref="IIndexStore"/>
internal sealed class CatalogueIndexStore(CatalogueDatabase database, TimeProvider time) : IIndexStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<IndexLayout>> ReadLayoutsAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    ) => ListAsync(context => Layouts(context, hospital, model), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IndexLayout>> ListLayoutsAsync(CancellationToken cancellationToken) =>
        ListAsync(context => context.IndexLayouts, cancellationToken);

    /// <inheritdoc />
    public Task CreateFirstAsync(HospitalId hospital, ModelId model, int parts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
                context.InsertAsync(
                    [Row(hospital, model, 1, parts, LayoutState.Serving)],
                    "on conflict do nothing",
                    cancellationToken
                ),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> BeginAsync(HospitalId hospital, ModelId model, int parts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                List<IndexLayoutRow> rows = await Layouts(context, hospital, model).ToListAsync(cancellationToken);
                if (
                    rows.Exists(row => row.State == LayoutState.Filling)
                    || !rows.Exists(row => row.State == LayoutState.Serving)
                )
                    return false;
                IndexLayoutRow next = Row(hospital, model, rows.Max(row => row.Number) + 1, parts, LayoutState.Filling);
                // two that begin at once have one number: one of them writes nothing
                return await context.InsertAsync([next], "on conflict do nothing", cancellationToken) == 1;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> ServeAsync(IndexLayout filling, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                DateTimeOffset now = time.GetUtcNow();
                IQueryable<IndexLayoutRow> rows = Layouts(context, filling.Hospital, filling.Model);
                int served = await rows.Where(row => row.Number == filling.Number && row.State == LayoutState.Filling)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(r => r.State, LayoutState.Serving).SetProperty(r => r.ChangedAt, now),
                        cancellationToken
                    );
                if (served == 0)
                    return false;
                await rows.Where(row => row.Number != filling.Number && row.State == LayoutState.Serving)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(r => r.State, LayoutState.Retired).SetProperty(r => r.ChangedAt, now),
                        cancellationToken
                    );
                return true;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task DropAsync(IndexLayout retired, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
                Layouts(context, retired.Hospital, retired.Model)
                    .Where(row => row.Number == retired.Number && row.State == LayoutState.Retired)
                    .ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IndexSwitch?> ReadSwitchAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await context.IndexSwitches.SingleOrDefaultAsync(cancellationToken))?.ToRecord(),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> SwitchAsync(IndexSwitch? from, IndexSwitch to, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                IndexSwitchRow row = IndexSwitchRow.From(to);
                if (from is null)
                    return await context.InsertAsync([row], "on conflict do nothing", cancellationToken) == 1;
                IndexSwitchRow before = IndexSwitchRow.From(from);
                return await context
                        .IndexSwitches.Where(r =>
                            r.Model == before.Model && r.Next == before.Next && r.Job == before.Job
                        )
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(r => r.Model, row.Model)
                                    .SetProperty(r => r.Next, row.Next)
                                    .SetProperty(r => r.Job, row.Job),
                            cancellationToken
                        ) == 1;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<HospitalId, int>> CountEmbeddingsAsync(
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        string name = model.ToString();
        return database.ReadAsync<IReadOnlyDictionary<HospitalId, int>>(
            async context =>
                await ScoredRow
                    .Current(context)
                    .Where(r => r.Score.Model == name && r.Score.Outcome == ImageOutcome.Scored)
                    .GroupBy(r => r.Score.Hospital)
                    .Select(g => new { Hospital = g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => new HospitalId(g.Hospital), g => g.Count, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public IAsyncEnumerable<EmbeddingKey> ListKeysAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    ) =>
        KeysetStream
            .ReadAsync<Key>(
                (last, count) =>
                    database.ReadAsync(
                        context =>
                        {
                            IQueryable<ScoredRow> rows = Embedded(context, hospital, model);
                            if (last is { Uid: var uid })
                                rows = rows.Where(r => string.Compare(r.Score.Uid, uid) > 0);
                            return rows.OrderBy(r => r.Score.Uid)
                                .Select(r => new Key { Uid = r.Score.Uid, Sha256 = r.Score.Sha256 })
                                .Take(count)
                                .ToListAsync(cancellationToken);
                        },
                        cancellationToken
                    ),
                cancellationToken
            )
            .Select(key => new EmbeddingKey(new SopInstanceUid(key.Uid), key.Sha256));

    /// <inheritdoc />
    public Task<IReadOnlyList<ScoredInstance>> ReadEmbeddingsAsync(
        HospitalId hospital,
        ModelId model,
        IReadOnlyList<SopInstanceUid> uids,
        CancellationToken cancellationToken
    )
    {
        string[] wanted = [.. uids.Select(uid => uid.Value)];
        return database.ReadAsync<IReadOnlyList<ScoredInstance>>(
            async context =>
            {
                List<ScoredRow> rows = await Embedded(context, hospital, model)
                    .Where(r => wanted.Contains(r.Score.Uid))
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken
        );
    }

    private Task<IReadOnlyList<IndexLayout>> ListAsync(
        Func<CatalogueContext, IQueryable<IndexLayoutRow>> which,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<IndexLayout>>(
            async context =>
            {
                List<IndexLayoutRow> rows = await which(context)
                    .OrderBy(row => row.Hospital)
                    .ThenBy(row => row.Model)
                    .ThenBy(row => row.Number)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken
        );

    private IndexLayoutRow Row(HospitalId hospital, ModelId model, int number, int parts, LayoutState state) =>
        new()
        {
            Hospital = hospital.Value,
            Model = model.ToString(),
            Number = number,
            Parts = parts,
            State = state,
            ChangedAt = time.GetUtcNow(),
        };

    private static IQueryable<IndexLayoutRow> Layouts(CatalogueContext context, HospitalId hospital, ModelId model)
    {
        (string place, string name) = (hospital.Value, model.ToString());
        return context.IndexLayouts.Where(row => row.Hospital == place && row.Model == name);
    }

    private static IQueryable<ScoredRow> Embedded(CatalogueContext context, HospitalId hospital, ModelId model)
    {
        (string place, string name) = (hospital.Value, model.ToString());
        return ScoredRow
            .Current(context)
            .Where(r => r.Score.Model == name && r.Score.Hospital == place && r.Score.Outcome == ImageOutcome.Scored);
    }

    private sealed class Key
    {
        public required string Uid { get; init; }
        public required string Sha256 { get; init; }
    }
}
