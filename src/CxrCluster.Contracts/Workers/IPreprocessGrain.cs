namespace CxrCluster.Contracts.Workers;

/// <summary>
/// Fetches and preprocesses images on one node of role preprocess. Key: the node's name. It holds no state; the node's
/// cores are its only bound, so any number of calls may be under way.
/// </summary>
[Alias("preprocess")]
public interface IPreprocessGrain : IGrainWithStringKey
{
    /// <summary>Fetch, decode, check, crop, standardise, pad, resize, CLAHE: as the model's bundle says.</summary>
    [Alias("run")]
    Task<PreprocessReply> Preprocess(PreprocessRequest request, CancellationToken cancellationToken);
}
