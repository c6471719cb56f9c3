using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Indexes;

/// <summary>The catalogue's side of the embedding indexes: their layouts, and the embeddings that they are made from.</summary>
public interface IIndexStore
{
    /// <summary>Layouts of a hospital and model, by number. Retired ones are listed until they are dropped.</summary>
    Task<IReadOnlyList<IndexLayout>> ReadLayoutsAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    );

    /// <summary>All layouts.</summary>
    Task<IReadOnlyList<IndexLayout>> ListLayoutsAsync(CancellationToken cancellationToken);

    /// <summary>Makes the first layout, serving; no effect when there is one already.</summary>
    Task CreateFirstAsync(HospitalId hospital, ModelId model, int parts, CancellationToken cancellationToken);

    /// <summary>Begins a layout beside the serving one. False when another is filling already or none serves.</summary>
    Task<bool> BeginAsync(HospitalId hospital, ModelId model, int parts, CancellationToken cancellationToken);

    /// <summary>In one transaction the filling layout serves and the one that served is retired. False when it is not filling.</summary>
    Task<bool> ServeAsync(IndexLayout filling, CancellationToken cancellationToken);

    /// <summary>Forgets a retired layout; no effect on others.</summary>
    Task DropAsync(IndexLayout retired, CancellationToken cancellationToken);

    /// <summary>Whose embeddings are compared; null before the first model.</summary>
    Task<IndexSwitch?> ReadSwitchAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the switch if it is still the one given (null: if there is none yet). False when it has changed.</summary>
    Task<bool> SwitchAsync(IndexSwitch? from, IndexSwitch to, CancellationToken cancellationToken);

    /// <summary>How many embeddings each hospital has under a model, of the contents that its images have now.</summary>
    Task<IReadOnlyDictionary<HospitalId, int>> CountEmbeddingsAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>The embeddings that there are, without themselves, ordered by UID; streamed.</summary>
    IAsyncEnumerable<EmbeddingKey> ListKeysAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    );

    /// <summary>Embeddings of the images named; those that are not there are left out.</summary>
    Task<IReadOnlyList<ScoredInstance>> ReadEmbeddingsAsync(
        HospitalId hospital,
        ModelId model,
        IReadOnlyList<SopInstanceUid> uids,
        CancellationToken cancellationToken
    );
}
