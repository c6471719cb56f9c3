using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Learning.Data;

/// <summary>A preprocessed radiograph of a cohort with its lung map, two bytes per pixel, fetched when it is needed.</summary>
/// <param name="Row">The manifest's row.</param>
/// <param name="Read">
/// The preprocessed radiograph, and the lung probability times 255 of the same side; equal squares each time, from any thread.
/// </param>
public sealed record ClassificationSample(CohortRow Row, Func<(SquareImage Image, SquareImage LungMap)> Read)
{
    /// <summary>A sample that is kept in memory.</summary>
    public ClassificationSample(CohortRow row, SquareImage image, SquareImage lungMap)
        : this(row, () => (image, lungMap)) { }
}
