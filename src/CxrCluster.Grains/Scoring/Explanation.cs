using CxrCluster.Imaging;

namespace CxrCluster.Grains.Scoring;

/// <summary>The maps behind a result, all of one side.</summary>
/// <param name="Square">What the network saw.</param>
/// <param name="Heat">Where the evidence for COVID-19 lies, 255 = strongest.</param>
/// <param name="Lungs">Lung probability times 255.</param>
public sealed record Explanation(SquareImage Square, SquareImage Heat, SquareImage Lungs);
