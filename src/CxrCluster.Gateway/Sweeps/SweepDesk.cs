using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Gateway.Audit;
using CxrCluster.Grains.Training;
using CxrCluster.Storage.Sweeps;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>Sweeps as API and pages handle them.</summary>
internal sealed class SweepDesk(TrainingSweeps sweeps, ISweepStore store, AuditTrail audit)
{
    private const int MostListed = 100;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<SweepView>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(MostListed, cancellationToken)).Select(s => SweepView.From(s, withRuns: false))];

    /// <exception cref="BadHttpRequestException">404: there is no such sweep.</exception>
    public async Task<SweepProgress> FindAsync(SweepId id, CancellationToken cancellationToken) =>
        await store.ReadProgressAsync(id, cancellationToken)
        ?? throw new BadHttpRequestException(
            $"There is no sweep {id}. Take its id from the list of sweeps.",
            StatusCodes.Status404NotFound
        );

    /// <summary>Halts it at the last epochs that were done.</summary>
    public Task<SweepView> PauseAsync(HttpContext http, SweepId id, CancellationToken cancellationToken) =>
        ChangeAsync(http, id, "sweep-pause", "is not running", sweeps.PauseAsync, cancellationToken);

    /// <summary>Lets it go on.</summary>
    public Task<SweepView> ResumeAsync(HttpContext http, SweepId id, CancellationToken cancellationToken) =>
        ChangeAsync(http, id, "sweep-resume", "is not paused", sweeps.ResumeAsync, cancellationToken);

    /// <summary>Ends it for good.</summary>
    public Task<SweepView> CancelAsync(HttpContext http, SweepId id, CancellationToken cancellationToken) =>
        ChangeAsync(http, id, "sweep-cancel", "is over", sweeps.CancelAsync, cancellationToken);

    private async Task<SweepView> ChangeAsync(
        HttpContext http,
        SweepId id,
        string action,
        string refusal,
        Func<SweepId, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken
    )
    {
        await FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, action, subject: id.ToString());
        if (!await change(id, cancellationToken))
            throw new BadHttpRequestException(
                $"Sweep {id} {refusal}: look at its state.",
                StatusCodes.Status409Conflict
            );
        return SweepView.From(await FindAsync(id, cancellationToken));
    }
}
