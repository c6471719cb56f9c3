using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Workers;
using CxrCluster.Gateway.Workers;
using CxrCluster.Grains.Workers;
using CxrCluster.Imaging;
using Orleans;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Images;

/// <summary>Asks some live inference slot for a lung map.</summary>
internal sealed class LungMaps(IGrainFactory grains, IWorkerDirectory directory)
{
    /// <summary>8-bit lung probability of the network's input.</summary>
    /// <exception cref="WorkerUnavailableException">No slot answered; worth trying again.</exception>
    public async Task<SquareImage> MapAsync(SquareImage square, ModelId model, CancellationToken cancellationToken)
    {
        var request = new InferenceRequest(
            model,
            square.Side,
            square.Pixels,
            ScoringPriority.Interactive,
            WantLungMap: true
        );
        SlotId[] slots = LiveSlots.Of(directory);
        Random.Shared.Shuffle(slots);
        foreach (SlotId slot in slots)
        {
            try
            {
                var grain = grains.GetGrain<IInferenceSlotGrain>(slot.ToString());
                if ((await grain.Infer(request, cancellationToken)).LungMap is { } map)
                    return new SquareImage((int)Math.Sqrt(map.Length), map);
            }
            catch (Exception exception)
                when (exception
                        is WorkerBusyException
                            or WorkerUnavailableException
                            or OrleansException
                            or TimeoutException
                )
            {
                // the next slot may answer; when none does, the caller is told
            }
        }
        throw new WorkerUnavailableException(
            "No inference slot answered for a lung map. Check that a node of role inference runs, then try again."
        );
    }
}
