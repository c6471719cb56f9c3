using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Workers;

/// <summary>One device of one node of role inference. Key: "node/ordinal"; pinned to that node, kept alive.</summary>
[Alias("inference-slot")]
public interface IInferenceSlotGrain : IGrainWithStringKey
{
    /// <summary>U-net and classifier over one image, batched with others that wait.</summary>
    /// <exception cref="Faults.WorkerBusyException">The slot's queue is full: try another slot, or later.</exception>
    /// <exception cref="Faults.WorkerUnavailableException">The slot is stopping.</exception>
    /// <exception cref="Faults.ModelUnavailableException">The bundle is missing or damaged.</exception>
    [Alias("infer")]
    Task<InferenceReply> Infer(InferenceRequest request, CancellationToken cancellationToken);

    /// <summary>Loads the model and runs it once, so that the first image does not wait for it.</summary>
    [Alias("warm")]
    Task Warm(ModelId model, CancellationToken cancellationToken);

    /// <summary>Queue, batches and load; cheap enough for the router to ask often.</summary>
    [Alias("status")]
    Task<SlotStatus> Status();
}
