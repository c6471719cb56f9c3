using CxrCluster.Storage.WriteBacks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.WriteBacks;

/// <summary>
/// Sends what the outbox holds. Any node of role jobs may run it: reports are claimed, and one that is sent twice is one
/// object in the PACS, because its UIDs say what it reports.
/// </summary>
public sealed partial class WriteBackService(
    IWriteBackStore outbox,
    ReportMaker reports,
    IReportTarget target,
    IOptions<WriteBackOptions> options,
    TimeProvider time,
    ILogger<WriteBackService> logger
) : BackgroundService
{
    private readonly WriteBackOptions _options = options.Value;

    /// <summary>Sends what is due now, until nothing is.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        int sent = 0;
        while (true)
        {
            IReadOnlyList<WriteBackClaim> claims = await outbox.ClaimAsync(
                _options.Batch,
                time.GetUtcNow(),
                _options.Lease,
                cancellationToken
            );
            if (claims.Count == 0)
                return sent;
            foreach (WriteBackClaim claim in claims)
                if (await SendAsync(claim, cancellationToken))
                    sent++;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.Period, time);
        do
        {
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception.GetType().Name, exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> SendAsync(WriteBackClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            await target.StoreAsync(
                claim.Result.Instance.Id.Hospital,
                await reports.MakeAsync(claim.Result, cancellationToken),
                cancellationToken
            );
        }
        catch (ReportRefusedException exception)
        {
            await outbox.FailedAsync(claim, exception.Message, again: null, cancellationToken);
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan? pause = _options.PauseAfter(claim.Attempts + 1);
            await outbox.FailedAsync(claim, exception.Message, time.GetUtcNow() + pause, cancellationToken);
            LogNotSent(logger, claim.Result.Instance.Id.Hospital.Value, claim.Attempts + 1, exception.GetType().Name);
            return false;
        }
        return await outbox.SentAsync(claim, time.GetUtcNow(), cancellationToken);
    }

    [LoggerMessage(1701, LogLevel.Warning, "Cannot look into the outbox of reports ({Kind}: {Cause}); trying again")]
    private static partial void LogFailed(ILogger logger, string kind, string cause);

    [LoggerMessage(1702, LogLevel.Warning, "A report for {Hospital} was not sent in attempt {Attempt} ({Kind})")]
    private static partial void LogNotSent(ILogger logger, string hospital, int attempt, string kind);
}
