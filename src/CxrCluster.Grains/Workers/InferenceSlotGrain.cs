using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Workers;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Imaging;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Slots;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CxrCluster.Grains.Workers;

/// <summary>The address of one device slot. The slot's thread belongs to the process, so a new activation finds it warm.</summary>
[NodePinned, Immovable, KeepAlive, Reentrant, GrainType("inference-slot")]
public sealed class InferenceSlotGrain(
    DeviceSlots slots,
    Models.ModelManifests manifests,
    CxrInstruments instruments,
    TimeProvider time
) : Grain, IInferenceSlotGrain
{
    private SlotId _id;
    private DeviceSlot _slot = null!;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = SlotId.Parse(this.GetPrimaryKeyString());
        _slot = slots.Get(_id.Ordinal);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<InferenceReply> Infer(InferenceRequest request, CancellationToken cancellationToken)
    {
        var manifest = await manifests.GetAsync(request.Model, cancellationToken);
        long started = time.GetTimestamp();
        var image = new SquareImage(request.Side, request.Pixels);
        Inference inference = await Translate(
            _slot.InferAsync(
                new SlotRequest(
                    request.Model.ToString(),
                    image,
                    (SlotPriority)request.Priority,
                    request.WantLungMap,
                    request.WantHeatMap
                ),
                cancellationToken
            )
        );
        instruments.StageFinished("infer", time.GetElapsedTime(started));
        return new InferenceReply(
            inference.Probability,
            manifest.Threshold,
            inference.LungFraction,
            inference.Embedding,
            inference.LungMap?.Pixels,
            inference.HeatMap?.Pixels
        );
    }

    /// <inheritdoc />
    public async Task Warm(ModelId model, CancellationToken cancellationToken)
    {
        await Translate(
            _slot
                .WarmAsync(model.ToString(), cancellationToken)
                .ContinueWith(
                    task =>
                    {
                        task.GetAwaiter().GetResult();
                        return true;
                    },
                    TaskScheduler.Current
                )
        );
    }

    /// <inheritdoc />
    public Task<SlotStatus> Status()
    {
        SlotSnapshot now = _slot.Snapshot();
        return Task.FromResult(
            new SlotStatus(
                _id,
                now.Device,
                now.Queued,
                now.Capacity,
                now.Images,
                now.Batches,
                [.. now.LoadedModels.Select(m => ModelId.Parse(m))]
            )
        );
    }

    /// <summary>The slot's faults in the words that cross the wire.</summary>
    private async Task<T> Translate<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (SlotBusyException exception)
        {
            throw new WorkerBusyException($"Slot {_id} has no free place in its queue.", exception);
        }
        catch (SlotStoppedException exception)
        {
            throw new WorkerUnavailableException($"Slot {_id} is stopping.", exception);
        }
    }
}
