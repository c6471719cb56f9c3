using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Models;

namespace CxrCluster.Gateway.Models;

/// <summary>A registered model, as the API shows it.</summary>
/// <param name="Active">Whether it scores when no model is named.</param>
/// <param name="Manifest">model.json, whole.</param>
public sealed record ModelView(ModelId Id, bool Active, DateTimeOffset RegisteredAt, JsonElement Manifest)
{
    /// <summary>From the row.</summary>
    public static ModelView From(ModelRecord model) =>
        new(model.Id, model.Active, model.RegisteredAt, JsonElement.Parse(model.Manifest));
}
