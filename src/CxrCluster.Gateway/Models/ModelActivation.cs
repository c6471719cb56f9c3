using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Workers;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Workers;
using CxrCluster.Grains.Models;
using CxrCluster.Grains.Workers;
using Orleans;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Models;

/// <summary>Makes a model the one that scores.</summary>
internal sealed class ModelActivation(
    ModelRegistry registry,
    IGrainFactory grains,
    IWorkerDirectory directory,
    AuditTrail audit
)
{
    /// <summary>Warms the live slots first, so that the first image does not wait and no node becomes unready.</summary>
    /// <exception cref="ModelUnavailableException">There is no such model, or its bundle is damaged.</exception>
    public async Task ActivateAsync(HttpContext http, ModelId model, CancellationToken cancellationToken)
    {
        ModelId known = await registry.ResolveAsync(model, cancellationToken);
        await Task.WhenAll(LiveSlots.Of(directory).Select(slot => WarmAsync(slot, known, cancellationToken)));
        await audit.WriteAsync(http, "model-activate", subject: known.ToString());
        await registry.ActivateAsync(known, cancellationToken);
    }

    private async Task WarmAsync(SlotId slot, ModelId model, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IInferenceSlotGrain>(slot.ToString()).Warm(model, cancellationToken);
        }
        catch (Exception exception)
            when (exception is WorkerBusyException or WorkerUnavailableException or OrleansException or TimeoutException
            )
        {
            // its node warms the slot by itself when it comes back
        }
    }
}
