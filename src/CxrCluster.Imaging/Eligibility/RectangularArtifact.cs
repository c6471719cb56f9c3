namespace CxrCluster.Imaging.Eligibility;

/// <summary>A rectangle in the picture that no X-ray makes: a redaction box, a pasted inset, a drawn frame.</summary>
/// <param name="Area">The rectangle in the radiograph's pixels, exact to about 1 % of the longer side.</param>
/// <param name="Description">A sentence with size, place and remedy.</param>
public sealed record RectangularArtifact(PixelRect Area, string Description);
