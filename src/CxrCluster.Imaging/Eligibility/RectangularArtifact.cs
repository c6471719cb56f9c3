namespace CxrCluster.Imaging.Eligibility;

/// <summary>A rectangle in the picture that no X-ray makes, such as a redaction box.</summary>
/// <param name="Area">The rectangle in the radiograph's pixels.</param>
/// <param name="Description">A sentence with place, size and remedy.</param>
public sealed record RectangularArtifact(PixelRect Area, string Description);
