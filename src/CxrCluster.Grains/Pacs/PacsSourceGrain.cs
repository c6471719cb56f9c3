using System.Threading.Channels;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Dicom.Web;
using CxrCluster.Grains.Placement;
using CxrCluster.Storage.Pacs;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Pacs;

/// <summary>Keeps a <see cref="PacsRun"/> going on a node of role jobs.</summary>
[RequireRole(NodeRoles.Jobs), KeepAlive, GrainType("pacs-source")]
public sealed partial class PacsSourceGrain(
    PacsRun run,
    IPacsStore store,
    IPacsClients clients,
    ILogger<PacsSourceGrain> logger
) : Grain, IPacsSourceGrain, IDisposable
{
    private const int MostHints = 1000;

    private readonly Channel<PacsHint> _hints = Channel.CreateBounded<PacsHint>(
        new BoundedChannelOptions(MostHints) { FullMode = BoundedChannelFullMode.DropOldest }
    );
    private CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;
    private bool _leaving;

    /// <inheritdoc />
    public Task EnsureRunning()
    {
        if (_work.IsCompleted && !_leaving)
        {
            HospitalId hospital = new(this.GetPrimaryKeyString());
            CancellationToken token = _stopping.Token;
            _work = Task.Run(() => RunAsync(hospital, token), token); // hashing and parsing must not hold the grain
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task Hint(PacsHint hint)
    {
        await EnsureRunning();
        _hints.Writer.TryWrite(hint);
    }

    /// <inheritdoc />
    public async Task Restart()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        await EnsureRunning();
    }

    /// <inheritdoc />
    public async Task<string?> Check()
    {
        string hospital = this.GetPrimaryKeyString();
        try
        {
            IReadOnlyList<PacsSource> sources = await store.ListSourcesAsync(_stopping.Token);
            if (sources.FirstOrDefault(s => s.Hospital.Value == hospital) is not { } source)
                return $"Hospital {hospital} has no PACS here.";
            using IPacsClient client = clients.Open(source);
            await client.CheckAsync(_stopping.Token);
            return null;
        }
        catch (PacsException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        return StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task RunAsync(HospitalId hospital, CancellationToken cancellationToken)
    {
        try
        {
            await run.RunAsync(hospital, _hints, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(logger, hospital.Value);
        }
        catch (StaleCoordinatorException exception)
        {
            LogStale(logger, hospital.Value, exception.Message);
        }
        catch (Exception exception)
        {
            // The watchdog starts it again in a moment; the ledger says where to go on.
            LogFailed(logger, exception, hospital.Value);
        }
    }

    [LoggerMessage(1711, LogLevel.Information, "PACS of hospital {Hospital}: no longer looked after from here")]
    private static partial void LogStopped(ILogger logger, string hospital);

    [LoggerMessage(1712, LogLevel.Information, "PACS of hospital {Hospital}: begins anew ({Cause})")]
    private static partial void LogStale(ILogger logger, string hospital, string cause);

    [LoggerMessage(1713, LogLevel.Error, "PACS of hospital {Hospital}: interrupted; it is taken up again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception exception, string hospital);
}
