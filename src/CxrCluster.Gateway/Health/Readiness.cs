using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Workers;
using CxrCluster.Grains.Workers;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Models;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Gateway.Health;

/// <summary>Whether this node can do its work: its stores answer and its slots are warm.</summary>
internal sealed partial class Readiness(
    IModelStore models,
    IBlobStore blobs,
    DeviceSlots slots,
    IWorkerDirectory directory,
    TimeProvider time,
    ILogger<Readiness> logger
)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        ModelId? active = null;
        ReadinessCheck catalogue = await RunAsync(
            "catalogue",
            async token =>
            {
                active = (await models.FindActiveAsync(token))?.Id;
                return (true, "It answers.");
            },
            limit.Token
        );
        ReadinessCheck store = await RunAsync(
            "blobs",
            async token =>
            {
                await blobs.CheckAsync(token);
                return (true, "The store can be written and read.");
            },
            limit.Token
        );
        ReadinessCheck warm = await RunAsync("slots", _ => Task.FromResult(Slots(active)), limit.Token);
        ReadinessCheck[] checks = [catalogue, store, warm];
        return new ReadinessReport(checks.All(c => c.Ok), checks);
    }

    /// <summary>Own slots have to be warm; a node without slots needs some elsewhere. Without an active model there is
    /// nothing to warm, and a model can only arrive through a gateway that is ready.</summary>
    private (bool Ok, string Detail) Slots(ModelId? active)
    {
        if (active is not { } model)
            return (true, "No model is active yet.");
        if (slots.Count == 0)
            return LiveSlots.Of(directory).Length is > 0 and var live
                ? (true, $"{live} in the cluster.")
                : (false, "No inference slot is alive in the cluster.");
        string name = model.ToString();
        int warm = Enumerable
            .Range(0, slots.Count)
            .Count(i => slots.Get(i).Snapshot().LoadedModels.Contains(name, StringComparer.Ordinal));
        return (warm == slots.Count, $"{warm} of {slots.Count} have loaded the active model.");
    }

    private async Task<ReadinessCheck> RunAsync(
        string name,
        Func<CancellationToken, Task<(bool, string)>> check,
        CancellationToken cancellationToken
    )
    {
        try
        {
            (bool ok, string detail) = await check(cancellationToken).WaitAsync(cancellationToken);
            return new ReadinessCheck(name, ok, detail);
        }
        catch (Exception exception)
        {
            // Anybody may ask for health: the cause goes to the log only.
            LogFailed(logger, name, exception.GetType().Name, exception.Message);
            return new ReadinessCheck(name, Ok: false, "It does not answer; the node's log says why.");
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Not ready: {Check} failed ({Kind}: {Cause})")]
    private static partial void LogFailed(ILogger logger, string check, string kind, string cause);
}
