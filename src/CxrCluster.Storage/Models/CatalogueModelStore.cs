using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Models;

/// <inheritdoc cref="IModelStore"/>
internal sealed class CatalogueModelStore(CatalogueDatabase database) : IModelStore
{
    /// <inheritdoc />
    public Task RegisterAsync(
        ModelId model,
        string manifest,
        DateTimeOffset registeredAt,
        CancellationToken cancellationToken
    )
    {
        var row = new ModelRow
        {
            Id = model.ToString(),
            Manifest = manifest,
            RegisteredAt = registeredAt,
        };
        return database.WriteAsync(
            context => context.InsertAsync([row], "on conflict do nothing", cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task ActivateAsync(ModelId model, CancellationToken cancellationToken)
    {
        var row = new ActiveModelRow { Place = ActiveModelRow.TheOnly, Model = model.ToString() };
        return database.WriteAsync(
            async context =>
            {
                if (!await context.Models.AnyAsync(m => m.Id == row.Model, cancellationToken))
                    throw new ModelUnavailableException(
                        $"Model {model} cannot be activated: it is not registered. Push its bundle first."
                    );
                await context.InsertAsync(
                    [row],
                    "on conflict (place) do update set model = excluded.model",
                    cancellationToken
                );
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public async Task<ModelRecord?> FindActiveAsync(CancellationToken cancellationToken) =>
        (await SelectAsync(models => models.Where(m => m.Active), cancellationToken)).SingleOrDefault();

    /// <inheritdoc />
    public async Task<ModelRecord?> FindAsync(ModelId model, CancellationToken cancellationToken)
    {
        string id = model.ToString();
        return (await SelectAsync(models => models.Where(m => m.Row.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken) =>
        SelectAsync(
            models => models.OrderByDescending(m => m.Row.RegisteredAt).ThenBy(m => m.Row.Id),
            cancellationToken
        );

    private Task<IReadOnlyList<ModelRecord>> SelectAsync(
        Func<IQueryable<Listed>, IQueryable<Listed>> which,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<ModelRecord>>(
            async context =>
            {
                IQueryable<Listed> models = context.Models.Select(m => new Listed
                {
                    Row = m,
                    Active = context.ActiveModels.Any(a => a.Model == m.Id),
                });
                List<Listed> found = await which(models).ToListAsync(cancellationToken);
                return [.. found.Select(m => m.Row.ToRecord(m.Active))];
            },
            cancellationToken
        );

    private sealed class Listed
    {
        public required ModelRow Row { get; init; }
        public required bool Active { get; init; }
    }
}
