using CxrCluster.Learning.Bundles;

namespace CxrCluster.Learning.Slots;

/// <summary>Finds the bundle of a model, fetching it where need be.</summary>
public interface IBundleSource
{
    /// <summary>The verified bundle of "name@version". What it throws is what the model's requests fail with.</summary>
    Task<ModelBundle> GetAsync(string model, CancellationToken cancellationToken);
}
