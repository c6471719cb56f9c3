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

/// <summary>Asks some live inference slot for the maps that explain a result.</summary>
internal sealed class SlotMaps(IGrainFactory grains, IWorkerDirectory directory)
{
    /// <summary>8-bit lung probability of the network's input.</summary>
    /// <exception cref="WorkerUnavailableException">No slot answered; worth trying again.</exception>
    public async Task<SquareImage> LungsAsync(SquareImage square, ModelId model, CancellationToken cancellationToken) =>
        Square((await AskAsync(square, model, heat: false, cancellationToken)).LungMap!);

    /// <summary>Where the evidence for COVID-19 lies, 255 = strongest, and the lungs.</summary>
    /// <exception cref="WorkerUnavailableException">No slot answered; worth trying again.</exception>
    public async Task<(SquareImage Heat, SquareImage Lungs)> HeatAsync(
        SquareImage square,
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        InferenceReply reply = await AskAsync(square, model, heat: true, cancellationToken);
        return (Square(reply.HeatMap!), Square(reply.LungMap!));
    }

    private async Task<InferenceReply> AskAsync(
        SquareImage square,
        ModelId model,
        bool heat,
        CancellationToken cancellationToken
    )
    {
        var request = new InferenceRequest(
            model,
            square.Side,
            square.Pixels,
            ScoringPriority.Interactive,
            WantLungMap: true,
            WantHeatMap: heat
        );
        SlotId[] slots = LiveSlots.Of(directory);
        Random.Shared.Shuffle(slots);
        foreach (SlotId slot in slots)
        {
            try
            {
                var grain = grains.GetGrain<IInferenceSlotGrain>(slot.ToString());
                InferenceReply reply = await grain.Infer(request, cancellationToken);
                // a node of an older version knows no heat maps
                if (reply.LungMap is not null && (reply.HeatMap is not null || !heat))
                    return reply;
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
            "No inference slot answered for a picture's map. Check that a node of role inference runs, then try again."
        );
    }

    private static SquareImage Square(byte[] map) => new((int)Math.Sqrt(map.Length), map);
}
