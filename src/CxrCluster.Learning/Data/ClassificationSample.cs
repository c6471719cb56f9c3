using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Learning.Data;

/// <summary>A preprocessed radiograph of a cohort with its lung map: two bytes per pixel, so that a cohort fits in memory.</summary>
/// <param name="Row">The manifest's row.</param>
/// <param name="Image">The preprocessed radiograph.</param>
/// <param name="LungMap">Lung probability times 255; same side.</param>
public sealed record ClassificationSample(CohortRow Row, SquareImage Image, SquareImage LungMap);
