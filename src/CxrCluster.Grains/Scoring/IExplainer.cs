using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Grains.Scoring;

/// <summary>Shows where a model found its evidence in an image.</summary>
public interface IExplainer
{
    /// <summary>What the network saw, the heat over it, and the lungs; null when the image is none that the method is for.</summary>
    /// <exception cref="WorkerUnavailableException">No worker answered; worth trying again.</exception>
    /// <exception cref="ModelUnavailableException">The bundle is missing or damaged.</exception>
    Task<Explanation?> ExplainAsync(ImageSource image, ModelId model, CancellationToken cancellationToken);
}
