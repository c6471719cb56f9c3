namespace CxrCluster.Synthesis;

/// <summary>Writes a synthetic cohort: chest phantoms with exact lung masks and a manifest.</summary>
/// <param name="options">What the cohort should contain.</param>
public sealed class CohortSynthesizer(SynthesisOptions options)
{
    /// <summary>
    /// Writes <c>images/</c>, <c>masks/</c> and, last, <c>manifest.csv</c> into a folder that is new, empty, or holds an
    /// earlier synthetic cohort, which is replaced.
    /// </summary>
    /// <param name="folder">Where to write; made when it does not exist.</param>
    /// <param name="progress">Told after each image how many are done.</param>
    /// <param name="cancellationToken">Stops between two images; the folder then lacks the manifest and can be written again.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message says which.</exception>
    /// <exception cref="CohortFolderException">The folder holds something else than a synthetic cohort.</exception>
    public Task<CohortSummary> WriteAsync(
        string folder,
        IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        _ = options;
        throw new NotSupportedException("Rendering lands next.");
    }
}
