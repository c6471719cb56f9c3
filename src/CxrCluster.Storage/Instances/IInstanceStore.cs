using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Instances;

/// <summary>The ledger of images.</summary>
public interface IInstanceStore
{
    /// <summary>Adds rows; a row that is there already keeps its ReceivedAt and takes the new name, patient, view, label
    /// where these are not null, and the new content hash and blob key.</summary>
    Task UpsertAsync(IReadOnlyList<InstanceRecord> instances, CancellationToken cancellationToken);

    /// <summary>One row, or null.</summary>
    Task<InstanceRecord?> FindAsync(InstanceId id, CancellationToken cancellationToken);

    /// <summary>The hospitals that have images, with how many, ordered by id.</summary>
    Task<IReadOnlyDictionary<HospitalId, int>> CountByHospitalAsync(CancellationToken cancellationToken);

    /// <summary>Rows of the hospitals (null: all), received within [from, to), ordered by hospital and UID; streamed.</summary>
    IAsyncEnumerable<InstanceRecord> ListAsync(
        IReadOnlyList<HospitalId>? hospitals,
        DateTimeOffset? from,
        DateTimeOffset? to,
        CancellationToken cancellationToken
    );
}
