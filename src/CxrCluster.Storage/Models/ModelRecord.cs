using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Models;

/// <summary>A registered bundle.</summary>
/// <param name="Manifest">model.json, whole.</param>
/// <param name="Active">Whether it is the model that scores when none is named.</param>
public sealed record ModelRecord(ModelId Id, string Manifest, bool Active, DateTimeOffset RegisteredAt);
