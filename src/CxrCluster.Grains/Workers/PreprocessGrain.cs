using CxrCluster.Contracts.Workers;
using CxrCluster.Grains.Placement;
using Orleans.Concurrency;

namespace CxrCluster.Grains.Workers;

/// <summary>The address of a node's <see cref="ImagePreprocessor"/>.</summary>
[NodePinned, Reentrant, GrainType("preprocess")]
public sealed class PreprocessGrain(ImagePreprocessor preprocessor) : Grain, IPreprocessGrain
{
    /// <inheritdoc />
    public Task<PreprocessReply> Preprocess(PreprocessRequest request, CancellationToken cancellationToken) =>
        preprocessor.PreprocessAsync(request, cancellationToken);
}
