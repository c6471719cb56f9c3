using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Marks;

/// <summary>Readers' verdicts on similar cases, kept for later study.</summary>
public interface IMarkStore
{
    /// <summary>Records a verdict; it replaces the reader's earlier one on this image, neighbour and model. The image must be
    /// in the ledger.</summary>
    Task SetAsync(SimilarMark mark, CancellationToken cancellationToken);

    /// <summary>Marks on images of the hospitals (null: all), ordered by image, neighbour, model and reader; streamed.</summary>
    IAsyncEnumerable<SimilarMark> ListAsync(IReadOnlyList<HospitalId>? hospitals, CancellationToken cancellationToken);

    /// <summary>One reader's marks on the neighbours of an image under a model.</summary>
    Task<IReadOnlyList<SimilarMark>> ReadAsync(
        InstanceId image,
        ModelId model,
        string reader,
        CancellationToken cancellationToken
    );
}
