using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Models;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table model: a registered bundle.</summary>
internal sealed class ModelRow
{
    public required string Id { get; init; }
    public required string Manifest { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }

    public ModelRecord ToRecord(bool active) => new(ModelId.Parse(Id), Manifest, active, RegisteredAt);
}
