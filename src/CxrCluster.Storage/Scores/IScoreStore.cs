using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Scores;

/// <summary>Results.</summary>
public interface IScoreStore
{
    /// <summary>Records results outside a job (interactive scoring); see <see cref="ScoreRecord"/> for what replaces what. The
    /// instances must be in the ledger.</summary>
    Task RecordAsync(IReadOnlyList<ScoreRecord> scores, CancellationToken cancellationToken);

    /// <summary>The result for this content and model, or null.</summary>
    Task<ScoreRecord?> FindAsync(
        InstanceId instance,
        string sha256,
        ModelId model,
        CancellationToken cancellationToken
    );

    /// <summary>Scored images of one hospital under one model with their embeddings, ordered by UID; streamed.</summary>
    IAsyncEnumerable<ScoredInstance> ListEmbeddingsAsync(
        HospitalId hospital,
        ModelId model,
        CancellationToken cancellationToken
    );

    /// <summary>A page of results: by probability descending (not scored last), then by instance id; the cursor is stable
    /// while rows arrive. Only results about the content that an image has now are listed.</summary>
    /// <exception cref="FormatException">The cursor is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 500.</exception>
    Task<WorklistPage> ReadWorklistAsync(WorklistQuery query, CancellationToken cancellationToken);
}
